package dev.databasetraffic.databases.firestore;

import org.junit.jupiter.api.Assumptions;

/** The genuine emulator, for tests of it alone: they are skipped, and say why, where it does not lie ready. */
public final class Genuine {

    private Genuine() {}

    public static void assumeReady() {
        try {
            new EmulatorLocator(System.getenv(), System.err).ready();
        } catch (NotReadyException e) {
            Assumptions.abort("This is a test of the genuine Firestore emulator. " + e.getMessage());
        } catch (EmulatorException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
