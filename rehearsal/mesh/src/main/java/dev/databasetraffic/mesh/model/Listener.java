package dev.databasetraffic.mesh.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy does with connections to an address and port.
 *
 * @param fallback takes what no chain does; null if the only chain takes everything
 */
public record Listener(
        String address,
        int port,
        List<FilterChain> chains,
        @Nullable FilterChain fallback) {

    /** The name that istiod gives it. */
    public String name() {
        return address + "_" + port;
    }

    /** All chains, the fallback last. */
    public List<FilterChain> allChains() {
        List<FilterChain> all = new ArrayList<>(chains);
        if (fallback != null) {
            all.add(fallback);
        }
        return all;
    }

    /** Whether connections to the listener can come to the chain: not where its ranges leave out the listener's address. */
    public boolean reaches(FilterChain chain) {
        boolean known = !address.equals(RegisteredHost.UNSPECIFIED) && AddressRange.of(address) != null;
        return !known || AddressRange.longest(chain.ranges(), address) >= 0;
    }

    /**
     * The chain that takes a connection, as Envoy finds it: the address's range first, then the server name, then what the
     * first bytes are; each step keeps only the closest.
     *
     * @return null if it is closed
     */
    public @Nullable FilterChain match(Connection connection) {
        List<FilterChain> left = closest(chains, chain -> AddressRange.longest(chain.ranges(), connection.address()));
        left = closest(left, chain -> ServerName.precision(chain.matchedNames(), connection.serverName()));
        left = closest(left, chain -> !chain.plaintext() ? 0 : connection.isTls() ? -1 : 1);
        left = closest(left, chain -> chain.applicationProtocols().isEmpty() ? 0 : connection.http() ? 1 : -1);
        return left.isEmpty() ? fallback : left.get(0);
    }

    private static List<FilterChain> closest(List<FilterChain> chains, ToIntFunction<FilterChain> closeness) {
        int best = chains.stream().mapToInt(closeness).max().orElse(-1);
        return best < 0
                ? List.of()
                : chains.stream()
                        .filter(chain -> closeness.applyAsInt(chain) == best)
                        .toList();
    }

    /**
     * A connection as a proxy sees its beginning.
     *
     * @param address the address that the client means
     * @param serverName of its TLS greeting, null if it greets without a name or does not speak TLS
     * @param http whether its first bytes are a plaintext HTTP request
     */
    public record Connection(String address, @Nullable String serverName, boolean isTls, boolean http) {

        public static Connection tls(String address, @Nullable String serverName) {
            return new Connection(address, serverName, true, false);
        }

        public static Connection bytes(String address) {
            return new Connection(address, null, false, false);
        }

        public static Connection http(String address) {
            return new Connection(address, null, false, true);
        }
    }

    static final Comparator<Listener> BY_NAME = Comparator.comparing(Listener::name);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Listener listener
                && name().equals(listener.name())
                && allChains().equals(listener.allChains());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), allChains());
    }
}
