package dev.databasetraffic.databases.firestore.junit;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.FirestoreChoice;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What all tests of a run share; JUnit closes it after the last. */
record EmulatorSession(Backend backend, TlsTerminator front, Path folder, Path trustStore) implements AutoCloseable {

    /** A public certificate needs no secret, but the JDK's PKCS #12 reader wants a password. */
    static final String PASSWORD = "changeit";

    private static final String STORE_PROPERTY = "javax.net.ssl.trustStore";
    private static final String PASSWORD_PROPERTY = "javax.net.ssl.trustStorePassword";

    static EmulatorSession start() {
        try {
            Backend backend = startBackend();
            ThrowawayAuthority authority = ThrowawayAuthority.create();
            TlsTerminator front = TlsTerminator.start(0, authority.issue(FirestoreApi.HOST), backend.address());
            Path folder = Files.createTempDirectory("firestore-trust-");
            Path trustStore = folder.resolve("trust.p12");
            authority.writeTrustStore(trustStore, PASSWORD);
            System.setProperty(STORE_PROPERTY, trustStore.toString());
            System.setProperty(PASSWORD_PROPERTY, PASSWORD);
            return new EmulatorSession(backend, front, folder, trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Backend startBackend() throws IOException {
        return usesContainer() ? ContainerBackend.start() : LocalBackend.start(choice());
    }

    static boolean usesContainer() {
        return backendName().equals("container");
    }

    private static FirestoreChoice choice() {
        return switch (backendName()) {
            case "ready" -> FirestoreChoice.READY;
            case "genuine" -> FirestoreChoice.GENUINE;
            case "embedded" -> FirestoreChoice.EMBEDDED;
            default ->
                throw new ExtensionConfigurationException("The system property " + Backend.PROPERTY + " is \""
                        + backendName() + "\"; set it to ready, genuine, embedded or container, or leave it out for "
                        + "ready.");
        };
    }

    private static String backendName() {
        return System.getProperty(Backend.PROPERTY, "ready");
    }

    @Override
    public void close() {
        System.clearProperty(STORE_PROPERTY);
        System.clearProperty(PASSWORD_PROPERTY);
        front.close();
        backend.close();
        Folders.delete(folder);
    }
}
