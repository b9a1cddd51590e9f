package dev.databasetraffic.mesh;

/** Connections that begin in plants' pod, beside the application's own, and so pass the same sidecar. */
final class Outbound {

    private Outbound() {}

    /**
     * What a host answers over TLS, each time on a new connection.
     *
     * @return one line per connection: {@code Ok}, as the emulator says, or what curl says of its failure
     */
    static String[] get(String host, int times) {
        // The sidecar goes by the server name alone: any address will do.
        String script =
                "for i in $(seq %d); do curl -sSk --http1.1 --max-time 5 --resolve %s:443:192.0.2.1 https://%s/ 2>&1; echo; done"
                        .formatted(times, host, host);
        return Project.run(
                        "kubectl",
                        "-n",
                        "plants",
                        "exec",
                        "deployment/plants",
                        "-c",
                        "plants",
                        "--",
                        "sh",
                        "-c",
                        script)
                .lines()
                .filter(line -> !line.isBlank())
                .toArray(String[]::new);
    }
}
