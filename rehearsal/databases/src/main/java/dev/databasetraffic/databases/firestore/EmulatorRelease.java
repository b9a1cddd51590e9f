package dev.databasetraffic.databases.firestore;

import java.net.URI;
import java.util.List;

/**
 * A published build of the emulator.
 *
 * @param size of the jar in bytes
 * @param sha256 of the jar, lower-case hexadecimal
 * @param javaFeature the Java version it needs at least
 */
record EmulatorRelease(String fileName, URI url, long size, String sha256, int javaFeature) {

    /**
     * The one that Firebase's command line tools download, and the last one that runs on Java 11: the sizes and checksums
     * are those of {@code src/emulator/downloadableEmulatorInfo.json} in firebase/firebase-tools, today and at its commit
     * d9730d8d. The newest comes first.
     */
    static final List<EmulatorRelease> PINNED = List.of(
            of("1.22.0", 136_707_194, "9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c", 21),
            of("1.19.8", 63_634_791, "9d43599ed6151199e8d604dc87fac51218e49e5f3a48519b1ae560bbe5e3382d", 11));

    private static EmulatorRelease of(String version, long size, String sha256, int javaFeature) {
        String fileName = "cloud-firestore-emulator-v" + version + ".jar";
        return new EmulatorRelease(
                fileName,
                URI.create("https://storage.googleapis.com/firebase-preview-drop/emulator/" + fileName),
                size,
                sha256,
                javaFeature);
    }

    /** {@code 137 MB}, as people say it. */
    String sizeInWords() {
        return Math.round(size / 1e6) + " MB";
    }
}
