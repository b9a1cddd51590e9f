package dev.databasetraffic.embedded;

import static dev.databasetraffic.embedded.Local.set;
import static dev.databasetraffic.embedded.Local.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.TransactionOptions;
import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Local firestore = new Local();
    private final Local patient = new Local(EmbeddedFirestoreOptions.defaults().withLockWait(LONG));

    @BeforeEach
    void store() {
        firestore.commit(set("a/1", Map.of("x", value(1))));
        patient.commit(set("a/1", Map.of("x", value(1))), set("a/2", Map.of("x", value(1))));
    }

    @Test
    void whatATransactionHasReadNobodyElseChanges() {
        ByteString reader = firestore.begin(false);
        firestore.get("a/1", reader);

        assertThatThrownBy(() -> firestore.commit(set("a/1", Map.of("x", value(2)))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("ABORTED: Transaction lock timeout.");

        firestore.commit(reader, set("a/1", Map.of("x", value(3))));
        firestore.commit(set("a/1", Map.of("x", value(4))));
        assertThat(firestore.get("a/1").getFieldsOrThrow("x")).isEqualTo(value(4));
    }

    @Test
    void aWriteGoesOnAsSoonAsTheReaderEnds() throws Exception {
        ByteString reader = patient.begin(false);
        patient.get("a/1", reader);
        CompletableFuture<?> write = CompletableFuture.runAsync(() -> patient.commit(set("a/1", Map.of())));
        await().until(() -> patient.store.isWaiting());
        assertThat(write).isNotDone();

        patient.service.rollback(RollbackRequest.newBuilder()
                .setDatabase(Local.DATABASE)
                .setTransaction(reader)
                .build());

        write.get(LONG.toSeconds() / 2, TimeUnit.SECONDS);
        assertThat(patient.get("a/1").getFieldsMap()).isEmpty();
    }

    @Test
    void aTransactionThatIsRolledBackWhileItsCommitWaitsWritesNothing() {
        ByteString reader = patient.begin(false);
        patient.get("a/1", reader);
        ByteString own = patient.begin(false);
        CompletableFuture<?> commit =
                CompletableFuture.runAsync(() -> patient.commit(own, set("a/1", Map.of("x", value(2)))));
        await().until(() -> patient.store.isWaiting());

        patient.service.rollback(RollbackRequest.newBuilder()
                .setDatabase(Local.DATABASE)
                .setTransaction(own)
                .build());

        assertThat(commit)
                .failsWithin(LONG.dividedBy(2))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("INVALID_ARGUMENT: Transaction is invalid or closed.");
        assertThat(patient.get("a/1").getFieldsOrThrow("x")).isEqualTo(value(1));
    }

    @Test
    void aWriteThatWaitsWhenTheDatabaseDiesIsNotMadeAfterwards() {
        ByteString reader = patient.begin(false);
        patient.get("a/1", reader);
        CompletableFuture<?> write =
                CompletableFuture.runAsync(() -> patient.commit(set("a/1", Map.of("x", value(2)))));
        await().until(() -> patient.store.isWaiting());

        patient.store.endTransactions();

        assertThat(write)
                .failsWithin(LONG.dividedBy(2))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("ABORTED");
        assertThat(patient.get("a/1").getFieldsOrThrow("x")).isEqualTo(value(1));
    }

    @Test
    void oneOfTwoThatWaitForEachOtherIsAbortedAtOnce() throws Exception {
        ByteString first = patient.begin(false);
        ByteString second = patient.begin(false);
        patient.get("a/1", first);
        patient.get("a/1", second);
        CompletableFuture<?> waiting =
                CompletableFuture.runAsync(() -> patient.commit(first, set("a/1", Map.of("x", value(2)))));

        await().until(() -> patient.store.isWaiting());
        assertThatThrownBy(() -> patient.commit(second, set("a/1", Map.of("x", value(3)))))
                .hasMessageStartingWith("ABORTED");

        waiting.get(LONG.toSeconds() / 2, TimeUnit.SECONDS);
        assertThat(patient.get("a/1").getFieldsOrThrow("x")).isEqualTo(value(2));
    }

    @Test
    void aReadOnlyTransactionSeesWhatWasWhenItBegan() {
        ByteString reader = firestore.begin(true);
        firestore.commit(set("a/1", Map.of("x", value(2))));

        assertThat(firestore.get("a/1", reader).getFieldsOrThrow("x")).isEqualTo(value(1));
        assertThatThrownBy(() -> firestore.commit(reader, set("a/1", Map.of())))
                .hasMessage("INVALID_ARGUMENT: Cannot modify entities in a read-only transaction.");
    }

    @Test
    void aTransactionThatBeginsWithAReadIsForReadingAloneUnlessItSaysOtherwise() {
        BatchGetDocumentsRequest.Builder read = BatchGetDocumentsRequest.newBuilder()
                .setDatabase(Local.DATABASE)
                .addDocuments(Local.ROOT + "/a/1")
                .setNewTransaction(TransactionOptions.getDefaultInstance());
        ByteString begun =
                firestore.service.batchGetDocuments(read.build()).next().getTransaction();

        assertThatThrownBy(() -> firestore.commit(begun, set("a/1", Map.of())))
                .hasMessage("INVALID_ARGUMENT: Cannot modify entities in a read-only transaction.");

        read.setNewTransaction(
                TransactionOptions.newBuilder().setReadWrite(TransactionOptions.ReadWrite.getDefaultInstance()));
        firestore.commit(
                firestore.service.batchGetDocuments(read.build()).next().getTransaction(),
                set("a/1", Map.of("x", value(2))));
        assertThat(firestore.get("a/1").getFieldsOrThrow("x")).isEqualTo(value(2));
    }

    @Test
    void aTransactionThatIsLeftAloneExpires() {
        ByteString reader = firestore.begin(false);
        firestore.get("a/1", reader);
        firestore.pass(Duration.ofSeconds(59));
        firestore.get("a/1", reader);
        firestore.pass(Duration.ofSeconds(61));

        firestore.commit(set("a/1", Map.of("x", value(2))));
        assertThatThrownBy(() -> firestore.get("a/1", reader))
                .hasMessage("INVALID_ARGUMENT: Transaction is invalid or closed.");
    }

    @Test
    void aTransactionThatFailsIsOver() {
        ByteString transaction = firestore.begin(false);

        assertThatThrownBy(() -> firestore.commit(
                        transaction,
                        set("a/1", Map.of()).toBuilder()
                                .setCurrentDocument(com.google.firestore.v1.Precondition.newBuilder()
                                        .setExists(false))
                                .build()))
                .hasMessageStartingWith("ALREADY_EXISTS");
        assertThatThrownBy(() -> firestore.get("a/1", transaction))
                .hasMessage("INVALID_ARGUMENT: Transaction is invalid or closed.");
    }
}
