package dev.databasetraffic.mesh.model;

/**
 * The addresses of a headless Service's pods: each has a listener of its own, and manifests do not know them, so that one
 * name stands for all.
 */
final class PodAddresses {

    private PodAddresses() {}

    static String of(RegisteredHost host) {
        return "<pods:" + host.name() + "." + host.namespace() + ">";
    }

    static boolean isOne(String address) {
        return address.startsWith("<pods:");
    }
}
