package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.Target.Share;
import java.util.List;

/**
 * What becomes of plain HTTP requests to a host and port, or of those of them that a route's conditions on paths, headers
 * and the like select.
 *
 * @param conditional whether there are such conditions
 * @param shares empty if the proxy answers by itself, with a redirect or a fixed response
 */
public record RequestRoute(boolean conditional, List<Share> shares, Origin origin) {}
