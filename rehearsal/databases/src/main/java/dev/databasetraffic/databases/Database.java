package dev.databasetraffic.databases;

import java.util.function.Consumer;

/** A real database that runs for this run alone, on this machine. Closing it ends its processes and deletes its data. */
public interface Database extends AutoCloseable {

    /** Where it listens, plainly; it stays the same across {@link #revive}. */
    Address address();

    /** Generated for this run. */
    Login login();

    /** What it is, as the report names it: {@code PostgreSQL 15.18, from this machine}. */
    String description();

    /** Why this one was taken and not another, in a sentence. */
    String reason();

    /**
     * Returns when it answers. Most are started so that they do already; one that says its address before may be named to a
     * service that starts meanwhile.
     *
     * @throws DatabaseException if it ends instead, or takes too long
     */
    default void awaitReady() throws DatabaseException, InterruptedException {}

    /** Calls the listener with a sentence if it ends by itself. */
    void onUnexpectedEnd(Consumer<String> listener);

    /** What the person at the terminal should know of the choice, in a sentence; empty if nothing. */
    default String remark() {
        return "";
    }

    /**
     * Ends it at once, as a crash or a lost machine does: connections are cut, new ones are refused, nothing is said
     * goodbye to.
     *
     * @throws DatabaseException if it would not end
     */
    void kill() throws DatabaseException, InterruptedException;

    /**
     * Starts it again after {@link #kill}, at the same address; returns when it answers, with all that it had promised to
     * keep.
     *
     * @throws DatabaseException if it does not answer in time
     */
    void revive() throws DatabaseException, InterruptedException;

    /** How it is asked past the mesh. */
    default Source source() {
        return Source.of(address(), login());
    }

    @Override
    void close();
}
