package dev.databasetraffic.databases.firestore;

import java.net.URI;

/**
 * A published build of the emulator.
 *
 * @param size of the jar in bytes
 * @param sha256 of the jar, lower-case hexadecimal
 * @param javaFeature the Java version it needs at least
 */
record EmulatorRelease(String fileName, URI url, long size, String sha256, int javaFeature) {

    /** The one that Firebase's own command line tools download. */
    static final EmulatorRelease PINNED = new EmulatorRelease(
            "cloud-firestore-emulator-v1.22.0.jar",
            URI.create("https://storage.googleapis.com/firebase-preview-drop/emulator/"
                    + "cloud-firestore-emulator-v1.22.0.jar"),
            136_707_194,
            "9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c",
            21);
}
