package dev.databasetraffic.mesh.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A listener that Envoy does not accept, because two of its filter chains could both take a connection (filter chain
 * manager, "multiple filter chains with overlapping matching rules"). It stays as it was before.
 *
 * @param shared the server name that both match, or {@code any server name}
 */
public record EnvoyRefusal(Listener listener, FilterChain first, FilterChain second, String shared) {

    static List<EnvoyRefusal> of(Collection<Listener> listeners) {
        List<EnvoyRefusal> refusals = new ArrayList<>();
        for (Listener listener : listeners) {
            Map<Match, FilterChain> taken = new HashMap<>();
            for (FilterChain chain : listener.chains()) {
                for (Match match : Match.all(chain)) {
                    FilterChain first = taken.putIfAbsent(match, chain);
                    if (first != null) {
                        refusals.add(new EnvoyRefusal(
                                listener,
                                first,
                                chain,
                                match.serverName().isEmpty() ? "any server name" : match.serverName()));
                    }
                }
            }
        }
        return refusals;
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
    }
}
