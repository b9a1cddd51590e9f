package dev.databasetraffic.bench.generating;

import java.io.IOException;
import java.net.URI;

/** What makes an open load of {@code POST /plants}. */
public interface Generator {

    String name();

    /**
     * Loads a service, and waits for what is under way.
     *
     * @throws IOException if requests that were sent got no answer, or another than 201: of those the figures say nothing
     */
    Said run(URI service, int rate, int seconds) throws IOException, InterruptedException;

    /**
     * What it says of the load.
     *
     * @param notSent requests that were due, and that it did not send
     * @param p50Millis that a caller waited, as it has it; likewise the other
     * @param cpuMicros of the generator, per request
     * @param residentMegabytes of the generator, at most
     */
    record Said(long notSent, double p50Millis, double p99Millis, double cpuMicros, double residentMegabytes) {}

    /** @param failed of those that it sent */
    static void requireAll(String generator, long failed) throws IOException {
        if (failed > 0) {
            throw new IOException("%s sent %d requests that were not acknowledged: how many files may it open?"
                    .formatted(generator, failed));
        }
    }
}
