package dev.databasetraffic.bench.running;

/** Where the service dials. */
public interface Hop extends AutoCloseable {

    /** Host and port. */
    String endpoint();

    @Override
    void close();
}
