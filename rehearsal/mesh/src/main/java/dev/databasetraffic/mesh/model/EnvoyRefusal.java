package dev.databasetraffic.mesh.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Envoy does not accept: two filter chains of one listener that could both take a connection (filter chain manager,
 * "multiple filter chains with overlapping matching rules").
 */
final class EnvoyRefusal {

    private EnvoyRefusal() {}

    static List<String> of(Collection<Listener> listeners) {
        List<String> refusals = new ArrayList<>();
        for (Listener listener : listeners) {
            Set<Match> taken = new HashSet<>();
            for (FilterChain chain : listener.chains()) {
                for (Match match : Match.all(chain)) {
                    if (!taken.add(match)) {
                        refusals.add("Envoy refuses listener " + listener.name()
                                + ", because two of its filter chains match the same connections: " + match);
                    }
                }
            }
        }
        return refusals.stream().distinct().toList();
    }

    private record Match(String range, String serverName, boolean plaintext, String applicationProtocol) {

        static List<Match> all(FilterChain chain) {
            List<Match> all = new ArrayList<>();
            for (String range : orAny(chain.ranges())) {
                for (String name : orAny(chain.matchedNames())) {
                    for (String protocol : orAny(chain.applicationProtocols())) {
                        all.add(new Match(range, name, chain.plaintext(), protocol));
                    }
                }
            }
            return all;
        }

        private static List<String> orAny(List<String> given) {
            return given.isEmpty() ? List.of("") : given;
        }

        @Override
        public String toString() {
            return (serverName.isEmpty() ? "any server name" : serverName) + (range.isEmpty() ? "" : " at " + range);
        }
    }
}
