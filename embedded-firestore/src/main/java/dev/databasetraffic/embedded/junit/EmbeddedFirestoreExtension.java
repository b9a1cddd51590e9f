package dev.databasetraffic.embedded.junit;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import dev.databasetraffic.embedded.EmbeddedFirestore;
import dev.databasetraffic.embedded.EmbeddedFirestoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives tests an embedded stand-in for Firestore: no Docker, no SDK, nothing to install.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedFirestoreExtension firestore = new EmbeddedFirestoreExtension();
 * }</pre>
 *
 * <p>All test classes of a run share one server. Each has a project of its own, which is empty before each test.
 */
public final class EmbeddedFirestoreExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedFirestoreExtension.class);
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final String project = "embedded-" + PROJECTS.incrementAndGet();
    private @Nullable ExtensionContext outermost;
    private @Nullable EmbeddedFirestore server;
    private @Nullable Firestore client;

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        // It comes again for each nested class, which shares the client.
        outermost = outermost == null ? context : outermost;
        server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(EmbeddedFirestore.class, key -> start(), EmbeddedFirestore.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server().clear(project);
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) throws Exception {
        if (context != outermost) {
            return;
        }
        outermost = null;
        if (client != null) {
            client.close();
        }
        client = null;
    }

    /** A client of the project's default database, for all tests of the class. */
    public synchronized Firestore firestore() {
        if (client == null) {
            client = FirestoreOptions.newBuilder()
                    .setProjectId(project)
                    .setEmulatorHost(address())
                    .build()
                    .getService();
        }
        return client;
    }

    public String projectId() {
        return project;
    }

    public String host() {
        return server().host();
    }

    public int port() {
        return server().port();
    }

    /** What {@code FIRESTORE_EMULATOR_HOST} and {@code setEmulatorHost} take. */
    public String address() {
        return server().address();
    }

    private EmbeddedFirestore server() {
        if (server == null) {
            throw new IllegalStateException("Firestore runs from beforeAll on: make the extension's field static");
        }
        return server;
    }

    private static EmbeddedFirestore start() {
        try {
            return EmbeddedFirestore.start(EmbeddedFirestoreOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
