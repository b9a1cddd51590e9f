package dev.databasetraffic.mesh.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A listener that Envoy does not accept. It stays as it was before; a proxy that starts now has none there.
 *
 * @param why the rest of the sentence "Envoy refuses the listener, because …"
 * @param chains those that are the reason, the last of which is one too many; empty if it is the listener itself
 */
public record EnvoyRefusal(Listener listener, String why, List<FilterChain> chains) {

    /** Where the sidecar itself listens: for all outbound and inbound traffic, its health and its metrics. */
    static final Set<Integer> TAKEN_PORTS = Set.of(15001, 15006, 15021, 15090);

    static List<EnvoyRefusal> of(Collection<Listener> listeners) {
        List<EnvoyRefusal> refusals = new ArrayList<>();
        for (Listener listener : listeners) {
            if (listener.address().equals(RegisteredHost.UNSPECIFIED) && TAKEN_PORTS.contains(listener.port())) {
                refusals.add(new EnvoyRefusal(listener, "the sidecar itself listens there", List.of()));
            }
            partialWildcards(listener, refusals);
            overlaps(listener, refusals);
        }
        return refusals;
    }

    private static void partialWildcards(Listener listener, List<EnvoyRefusal> refusals) {
        for (FilterChain chain : listener.chains()) {
            for (String name : chain.matchedNames()) {
                if (name.startsWith("*") && !name.startsWith("*.")) {
                    refusals.add(new EnvoyRefusal(
                            listener, name + " is no server name: a wildcard stands for whole labels", List.of(chain)));
                }
            }
        }
    }

    private static void overlaps(Listener listener, List<EnvoyRefusal> refusals) {
        Map<Match, FilterChain> taken = new HashMap<>();
        for (FilterChain chain : listener.chains()) {
            for (Match match : Match.all(chain)) {
                FilterChain first = taken.putIfAbsent(match, chain);
                if (first != null) {
                    refusals.add(new EnvoyRefusal(
                            listener,
                            "two matches take "
                                    + (match.serverName().isEmpty() ? "any server name" : match.serverName()),
                            List.of(first, chain)));
                }
            }
        }
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
