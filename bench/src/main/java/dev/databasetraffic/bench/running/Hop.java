package dev.databasetraffic.bench.running;

/** Where the service dials. */
public interface Hop extends AutoCloseable {

    /** Host and port. */
    String endpoint();

    /** What it does to the way, where that is not from the start: when the service is warm. */
    default void begin() {}

    @Override
    void close();
}
