package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.file.Path;

/** A service to measure, and how to start it. */
public interface Subject {

    /** What the tables call it. */
    String name();

    /**
     * Returns as soon as there is a process.
     *
     * @param endpoint the host:port it dials
     * @param database whose project and trust it gets
     * @param folder where its log goes
     */
    Service start(String endpoint, BenchDatabase database, Path folder) throws IOException;
}
