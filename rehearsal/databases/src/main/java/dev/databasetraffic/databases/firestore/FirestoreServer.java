package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.databases.Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/** A Firestore for one run, in plain text on the loopback address: the genuine emulator, or what stands in for it. */
public sealed interface FirestoreServer extends AutoCloseable permits GenuineServer, StandInServer {

    /**
     * Returns as soon as its address is known; it is to be used after {@link #awaitReady()}.
     *
     * @throws EmulatorException if the choice cannot be had, or a variable names what is not there; the message says what
     *     to do
     */
    static FirestoreServer begin(FirestoreChoice choice, EmulatorOptions options) throws EmulatorException {
        return switch (choice) {
            case EMBEDDED -> StandInServer.start(options, "It was asked for.");
            case GENUINE -> GenuineServer.begin(options);
            case DOWNLOAD -> GenuineServer.begin(options.withDownload(true));
            case READY -> {
                try {
                    yield GenuineServer.begin(options);
                } catch (NotReadyException e) {
                    yield StandInServer.start(options, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    String host();

    int port();

    default InetSocketAddress address() {
        return new InetSocketAddress(host(), port());
    }

    default URI uri() {
        return URI.create("http://" + new Address(host(), port()));
    }

    /** As a report names it. */
    String description();

    /** What the person at the terminal is to know of the choice, in a sentence or two; empty if nothing. */
    String remark();

    /**
     * Returns when it answers.
     *
     * @throws EmulatorException if it ends instead, or takes longer than the options allow; it is still to be closed then
     */
    void awaitReady() throws EmulatorException;

    /** Calls the listener with a sentence if it ends by itself. */
    void onUnexpectedEnd(Consumer<String> listener);

    /**
     * Deletes every document of the project's default database.
     *
     * @throws EmulatorException if it does not answer, or refuses
     */
    void clear(String project) throws EmulatorException;

    /**
     * Ends it at once, as a crash does; nobody is told that it ended. What is stored in the project's default database is
     * kept for {@link #revive}.
     *
     * @throws EmulatorException if it is not ours to end, or what is stored cannot be kept; it runs on then
     */
    void crash(String project) throws EmulatorException;

    /**
     * Starts it again with what was kept, on the same port; returns when it answers. Does nothing if it runs.
     *
     * @throws EmulatorException if it does not start
     */
    void revive() throws EmulatorException;

    @Override
    void close();
}
