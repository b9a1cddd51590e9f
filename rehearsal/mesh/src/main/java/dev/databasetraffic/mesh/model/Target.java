package dev.databasetraffic.mesh.model;

import java.util.List;

/** What becomes of a connection. */
public sealed interface Target {

    /** It is proxied to one of the clusters, chosen once per connection. */
    record Clusters(List<Share> shares) implements Target {

        public static Clusters single(String cluster) {
            return new Clusters(List.of(new Share(cluster, 1)));
        }
    }

    /** Its requests are routed one by one. */
    record Http(String routeName) implements Target {}

    /** A cluster's part of the connections, out of the sum of all weights. */
    record Share(String cluster, int weight) {}
}
