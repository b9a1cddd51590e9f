package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.protobuf.Message;
import dev.databasetraffic.databases.firestore.differential.BareClient;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the genuine emulator and its stand-in have in common. */
@Execution(ExecutionMode.CONCURRENT)
class FirestoreServerIT {

    private static final String DOCUMENTS = "projects/server/databases/(default)/documents";

    private static final CreateDocumentRequest CREATE = CreateDocumentRequest.newBuilder()
            .setParent(DOCUMENTS)
            .setCollectionId("a")
            .setDocumentId("1")
            .build();
    private static final GetDocumentRequest GET =
            GetDocumentRequest.newBuilder().setName(DOCUMENTS + "/a/1").build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GENUINE", "EMBEDDED"})
    void whatIsStoredOutlivesACrashAndIsGoneWhenCleared(FirestoreChoice choice) throws Exception {
        if (choice == FirestoreChoice.GENUINE) {
            Genuine.assumeReady();
        }
        try (FirestoreServer server =
                FirestoreServer.begin(choice, EmulatorOptions.defaults().withWorkFolder(folder))) {
            server.awaitReady();
            int port = server.port();
            assertThat(code(server, CREATE)).isEqualTo(Status.Code.OK);

            server.crash("server");
            assertThat(code(server, GET)).isEqualTo(Status.Code.UNAVAILABLE);
            server.revive();

            assertThat(server.port()).isEqualTo(port);
            assertThat(code(server, GET)).isEqualTo(Status.Code.OK);
            server.clear("server");
            assertThat(code(server, GET)).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(server.description().contains("stand-in")).isEqualTo(choice == FirestoreChoice.EMBEDDED);
        }
    }

    private static Status.Code code(FirestoreServer server, Message request) {
        try (BareClient client = new BareClient(server.host(), server.port())) {
            return client.call(request).code();
        }
    }
}
