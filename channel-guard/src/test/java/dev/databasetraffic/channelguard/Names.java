package dev.databasetraffic.channelguard;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A DNS of the tests' own: what a name stands for changes when a test says so, and is seen when it is asked for anew. */
final class Names {

    private static final String SCHEME = "guardtest";
    private static final Map<String, List<EquivalentAddressGroup>> addresses = new ConcurrentHashMap<>();
    private static final AtomicInteger count = new AtomicInteger();

    static {
        NameResolverRegistry.getDefaultRegistry().register(new Provider());
    }

    private Names() {}

    /** A target that stands for these ports of this machine. */
    static String target(int... ports) {
        String name = "name-" + count.incrementAndGet() + ".example";
        change(SCHEME + ":///" + name, ports);
        return SCHEME + ":///" + name;
    }

    static void change(String target, int... ports) {
        addresses.put(
                target.substring(target.lastIndexOf('/') + 1),
                IntStream.of(ports)
                        .mapToObj(port -> new EquivalentAddressGroup(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                        .toList());
    }

    private static final class Provider extends NameResolverProvider {

        @Override
        public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return SCHEME.equals(target.getScheme())
                    ? new Resolver(target.getPath().substring(1))
                    : null;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 0;
        }
    }

    private static final class Resolver extends NameResolver {

        private final String name;
        private @Nullable Listener2 listener;

        Resolver(String name) {
            this.name = name;
        }

        @Override
        public String getServiceAuthority() {
            return name;
        }

        @Override
        public void start(Listener2 asked) {
            listener = asked;
            refresh();
        }

        @Override
        public void refresh() {
            if (listener != null) {
                var unused = listener.onResult2(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses.getOrDefault(name, List.of())))
                        .build());
            }
        }

        @Override
        public void shutdown() {
            listener = null;
        }
    }
}
