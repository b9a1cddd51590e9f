package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.FirestoreChoice;
import java.util.Locale;

/** What the tests of this module have as their database: {@code -Demulator.backend=genuine} or {@code embedded}. */
final class TestDatabase {

    static final FirestoreChoice CHOICE = FirestoreChoice.valueOf(
            System.getProperty("emulator.backend", "ready").toUpperCase(Locale.ROOT));

    private TestDatabase() {}
}
