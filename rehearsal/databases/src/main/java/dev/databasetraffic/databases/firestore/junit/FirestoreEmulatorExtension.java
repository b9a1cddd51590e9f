package dev.databasetraffic.databases.firestore.junit;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives tests the genuine Firestore emulator, or what stands in for it where that does not lie ready, and a TLS front before it that shows a certificate for {@value #AUTHORITY}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();
 * }</pre>
 *
 * <p>All test classes of a run share one emulator: use a project of your own, or {@link #clear} it. From the first of
 * them until the run's end, {@code javax.net.ssl.trustStore} is set to a store that trusts the front's authority alone.
 *
 * <p>The system property {@value #BACKEND_PROPERTY} takes one of them in any case: {@code genuine}, {@code embedded}, or
 * {@code container} for Testcontainers', where the tests are skipped if Docker is absent.
 */
public final class FirestoreEmulatorExtension implements BeforeAllCallback, ExecutionCondition {

    /** {@code ready} (the default), {@code genuine}, {@code embedded} or {@code container}. */
    public static final String BACKEND_PROPERTY = Backend.PROPERTY;

    /** The production host's name, which the TLS front's certificate carries. */
    public static final String AUTHORITY = FirestoreApi.HOST;

    private static final Namespace NAMESPACE = Namespace.create(FirestoreEmulatorExtension.class);

    private @Nullable EmulatorSession session;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return EmulatorSession.usesContainer()
                ? ContainerBackend.whyNot()
                        .map(ConditionEvaluationResult::disabled)
                        .orElseGet(() -> ConditionEvaluationResult.enabled("Docker answers"))
                : ConditionEvaluationResult.enabled("needs no Docker");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        session = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(EmulatorSession.class, key -> EmulatorSession.start(), EmulatorSession.class);
    }

    /** Where the emulator listens, in plain text. */
    public String host() {
        return running().backend().address().getHostString();
    }

    /** Where the emulator listens, in plain text. */
    public int port() {
        return running().backend().address().getPort();
    }

    /** Where the TLS front listens, on the loopback address. */
    public int tlsPort() {
        return running().front().address().getPort();
    }

    /** A PKCS #12 file that trusts the TLS front's authority. */
    public Path trustStore() {
        return running().trustStore();
    }

    public String trustStorePassword() {
        return EmulatorSession.PASSWORD;
    }

    /** Deletes every document of the project's default database. */
    public void clear(String project) throws IOException {
        running().backend().clear(project);
    }

    private EmulatorSession running() {
        if (session == null) {
            throw new IllegalStateException("the emulator runs from beforeAll on: make the extension's field static");
        }
        return session;
    }
}
