package dev.databasetraffic.mesh.router;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the connections whose server name it matches. Two chains that are equal are one to Envoy: replacing
 * one by the other disturbs no connection.
 *
 * @param serverName {@code *} matches every name and none
 * @param destinations empty closes the connection
 */
record FilterChain(String serverName, List<Destination> destinations) {

    /** Rolls the dice: once per connection, not per call. */
    @Nullable
    Destination choose(RandomGenerator random) {
        if (destinations.isEmpty()) {
            return null;
        }
        int roll = random.nextInt(
                Math.max(1, destinations.stream().mapToInt(Destination::weight).sum()));
        for (Destination destination : destinations) {
            roll -= destination.weight();
            if (roll < 0) {
                return destination;
            }
        }
        return destinations.get(0);
    }

    boolean matches(String name) {
        return serverName.equals("*")
                || serverName.equals(name)
                || serverName.startsWith("*.") && name.endsWith(serverName.substring(1));
    }
}
