package dev.databasetraffic.rehearsal.page;

import java.util.Map;

/**
 * A request that a person may send from the page.
 *
 * @param path relative to the service
 * @param body the members of its JSON, each with an example whose type is kept
 */
public record SampleRequest(String method, String path, Map<String, Object> body) {}
