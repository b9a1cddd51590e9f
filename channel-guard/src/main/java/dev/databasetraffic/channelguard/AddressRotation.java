package dev.databasetraffic.channelguard;

import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.NameResolver;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has a channel that was made to leave an address begin with the next one. gRPC's {@code pick_first} begins with the first
 * of a name's addresses again each time, and would for ever if that one hangs.
 *
 * <p>It stands before {@code pick_first} in the registry, for all channels of the program, and changes nothing for those
 * whose guard did not have to leave an address.
 */
final class AddressRotation {

    private static final String PICK_FIRST = "pick_first";

    private static final Map<String, Integer> offsets = new ConcurrentHashMap<>();
    private static boolean installed;

    private AddressRotation() {}

    static synchronized void install() {
        LoadBalancerRegistry registry = LoadBalancerRegistry.getDefaultRegistry();
        LoadBalancerProvider original = registry.getProvider(PICK_FIRST);
        if (!installed && original != null) {
            registry.register(new Provider(original));
        }
        installed = true;
    }

    /** The next connection of this authority's channels is made to the next address first. */
    static void advance(String authority) {
        offsets.merge(authority, 1, Integer::sum);
    }

    static void forget(String authority) {
        offsets.remove(authority);
    }

    private static final class Provider extends LoadBalancerProvider {

        private final LoadBalancerProvider original;

        Provider(LoadBalancerProvider original) {
            this.original = original;
        }

        @Override
        public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
            return new Rotated(original.newLoadBalancer(helper), helper.getAuthority());
        }

        @Override
        public NameResolver.ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
            return original.parseLoadBalancingPolicyConfig(config);
        }

        @Override
        public boolean isAvailable() {
            return original.isAvailable();
        }

        @Override
        public int getPriority() {
            return original.getPriority() + 1;
        }

        @Override
        public String getPolicyName() {
            return PICK_FIRST;
        }
    }

    private static final class Rotated extends LoadBalancer {

        private final LoadBalancer original;
        private final int offset;

        Rotated(LoadBalancer original, String authority) {
            this.original = original;
            this.offset = offsets.getOrDefault(authority, 0);
        }

        @Override
        public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
            List<EquivalentAddressGroup> addresses = new ArrayList<>(resolved.getAddresses());
            if (offset > 0 && addresses.size() > 1) {
                Collections.rotate(addresses, -offset % addresses.size());
            }
            return original.acceptResolvedAddresses(
                    resolved.toBuilder().setAddresses(addresses).build());
        }

        @Override
        public void handleNameResolutionError(Status error) {
            original.handleNameResolutionError(error);
        }

        @Override
        public void requestConnection() {
            original.requestConnection();
        }

        @Override
        public void shutdown() {
            original.shutdown();
        }
    }
}
