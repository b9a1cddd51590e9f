package dev.databasetraffic.databases.firestore.junit;

import java.io.IOException;
import java.net.InetSocketAddress;

/** What an emulator of a test run runs on. */
interface Backend extends AutoCloseable {

    /** The system property that chooses it: {@code ready}, {@code genuine}, {@code embedded} or {@code container}. */
    String PROPERTY = "emulator.backend";

    InetSocketAddress address();

    void clear(String project) throws IOException;

    @Override
    void close();
}
