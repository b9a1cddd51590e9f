package dev.databasetraffic.rehearsal.local;

import org.jspecify.annotations.Nullable;

/** What the tests of this module have as their database: {@code -Demulator.backend=genuine} or {@code embedded}. */
final class TestDatabase {

    static final @Nullable String CHOICE = System.getProperty("emulator.backend");

    private TestDatabase() {}
}
