package dev.databasetraffic.databases.firestore.junit;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.gcloud.FirestoreEmulatorContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of Google's own image. Apart from the extension, so that only those who ask for it need Testcontainers. */
record ContainerBackend(FirestoreEmulatorContainer container, FirestoreEmulator emulator) implements Backend {

    static final String IMAGE = "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-emulators";

    /** Asking for containers where there are none is not the tests' failure: they are skipped, and this says why. */
    static Optional<String> whyNot() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of(PROPERTY + "=container asks for Docker, and Docker does"
                        + " not answer here. Start it, or leave the property out to run it without.");
    }

    static ContainerBackend start() throws EmulatorException {
        FirestoreEmulatorContainer container = new FirestoreEmulatorContainer(DockerImageName.parse(IMAGE));
        container.start();
        return new ContainerBackend(
                container, FirestoreEmulator.at(container.getHost(), container.getFirstMappedPort()));
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(emulator.host(), emulator.port());
    }

    @Override
    public void clear(String project) throws EmulatorException {
        emulator.clear(project);
    }

    @Override
    public void close() {
        container.close();
    }
}
