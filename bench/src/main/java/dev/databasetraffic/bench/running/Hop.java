package dev.databasetraffic.bench.running;

/** Where the service dials. */
public interface Hop extends AutoCloseable {

    /** Host and port. */
    String endpoint();

    /** What it does to the way, where that is not all of the time. */
    default void begin() {}

    /** What {@link #begin} began: there is a way from now on. */
    default void end() {}

    @Override
    void close();
}
