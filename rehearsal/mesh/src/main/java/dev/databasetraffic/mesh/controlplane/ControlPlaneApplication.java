package dev.databasetraffic.mesh.controlplane;

import java.io.IOException;
import java.nio.file.Path;

/** The program of docker-compose's service {@code mesh}. */
public final class ControlPlaneApplication {

    private ControlPlaneApplication() {}

    /** Runs until it is ended, in the folder with k8s/ and istio/. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ControlPlaneOptions options = ControlPlaneOptions.IN_COMPOSE;
        ControlPlane controlPlane = new ControlPlane(options, System.out::println);
        controlPlane.look();
        try (OutageEndpoint endpoint =
                OutageEndpoint.start(controlPlane, new Shipped(Path.of("istio"), options.shipped()), options.port())) {
            System.out.println("outages are taken at port " + endpoint.port());
            while (true) {
                Thread.sleep(options.poll().toMillis());
                controlPlane.look();
            }
        }
    }
}
