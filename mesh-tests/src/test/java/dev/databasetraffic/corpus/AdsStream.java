package dev.databasetraffic.corpus;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A proxy's stream to istiod, in Envoy's aggregated discovery protocol (state of the world). */
final class AdsStream implements AutoCloseable {

    static final String CLUSTERS = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
    static final String ENDPOINTS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
    static final String LISTENERS = "type.googleapis.com/envoy.config.listener.v3.Listener";
    static final String ROUTES = "type.googleapis.com/envoy.config.route.v3.RouteConfiguration";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One of the two, in the order of their arrival. */
    private record Arrival(
            @Nullable DiscoveryResponse response, @Nullable Throwable end) {}

    private final BlockingQueue<Arrival> events = new LinkedBlockingQueue<>();
    private final StreamObserver<DiscoveryRequest> requests;
    private final Node node;

    AdsStream(ManagedChannel istiod, Node node) {
        this.node = node;
        this.requests = AggregatedDiscoveryServiceGrpc.newStub(istiod)
                .streamAggregatedResources(new StreamObserver<>() {
                    @Override
                    public void onNext(DiscoveryResponse response) {
                        events.add(new Arrival(response, null));
                    }

                    @Override
                    public void onError(Throwable cause) {
                        events.add(new Arrival(null, cause));
                    }

                    @Override
                    public void onCompleted() {
                        events.add(new Arrival(null, new IllegalStateException("istiod ended the stream")));
                    }
                });
    }

    /** The resources of a type; all that there are where no names are given, as Envoy asks for clusters and listeners. */
    DiscoveryResponse ask(String type, Collection<String> names) throws InterruptedException {
        requests.onNext(DiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type)
                .addAllResourceNames(names)
                .build());
        return next(type);
    }

    /** The next answer or push of this type. */
    DiscoveryResponse next(String type) throws InterruptedException {
        while (true) {
            Arrival event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new IllegalStateException("istiod sent no " + type + " within " + PATIENCE.toSeconds() + " s");
            }
            DiscoveryResponse response = event.response();
            if (response == null) {
                throw new IllegalStateException("istiod's stream broke", Objects.requireNonNull(event.end()));
            }
            if (response.getTypeUrl().equals(type)) {
                acknowledge(response);
                return response;
            }
        }
    }

    private void acknowledge(DiscoveryResponse response) {
        // Only what is asked for without names is ever pushed to one of these streams and waited for.
        if (List.of(CLUSTERS, LISTENERS).contains(response.getTypeUrl())) {
            requests.onNext(DiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setVersionInfo(response.getVersionInfo())
                    .setResponseNonce(response.getNonce())
                    .build());
        }
    }

    @Override
    public void close() {
        requests.onCompleted();
    }
}
