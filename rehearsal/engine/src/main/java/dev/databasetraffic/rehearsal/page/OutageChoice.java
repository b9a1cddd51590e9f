package dev.databasetraffic.rehearsal.page;

import java.util.List;

/**
 * An outage that can be switched on.
 *
 * @param id unlike any other's
 * @param where who makes it: {@code mesh} or {@code wire}
 * @param explanation one paragraph each
 * @param hasChoice whether open connections can be reset as well as left alone when it begins
 */
public record OutageChoice(String id, String where, String title, List<String> explanation, boolean hasChoice) {}
