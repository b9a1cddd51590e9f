package dev.databasetraffic.embedded;

import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The service without a network, with time that passes only when a test says so. */
final class Local {

    static final String DATABASE = "projects/test/databases/(default)";
    static final String ROOT = DATABASE + "/documents";

    final FirestoreService service;
    final Store store;
    private final AtomicLong nanos = new AtomicLong();

    Local() {
        this(EmbeddedFirestoreOptions.defaults().withLockWait(Duration.ofMillis(50)));
    }

    Local(EmbeddedFirestoreOptions options) {
        store = new Store(options, Clock.systemUTC(), nanos::get);
        service = new FirestoreService(store);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    CommitResponse commit(Write... writes) {
        return commit(ByteString.EMPTY, writes);
    }

    CommitResponse commit(ByteString transaction, Write... writes) {
        return service.commit(CommitRequest.newBuilder()
                .setDatabase(DATABASE)
                .setTransaction(transaction)
                .addAllWrites(List.of(writes))
                .build());
    }

    ByteString begin(boolean readOnly) {
        TransactionOptions.Builder options = TransactionOptions.newBuilder();
        if (readOnly) {
            options.setReadOnly(TransactionOptions.ReadOnly.getDefaultInstance());
        }
        return service.beginTransaction(BeginTransactionRequest.newBuilder()
                        .setDatabase(DATABASE)
                        .setOptions(options)
                        .build())
                .getTransaction();
    }

    Document get(String path) {
        return service.getDocument(
                GetDocumentRequest.newBuilder().setName(ROOT + "/" + path).build());
    }

    Document get(String path, ByteString transaction) {
        return service.getDocument(GetDocumentRequest.newBuilder()
                .setName(ROOT + "/" + path)
                .setTransaction(transaction)
                .build());
    }

    /** The ids of what a query of that collection finds. */
    List<String> ids(String collection, StructuredQuery.Builder query) {
        List<String> ids = new ArrayList<>();
        service.runQuery(RunQueryRequest.newBuilder()
                        .setParent(ROOT)
                        .setStructuredQuery(
                                query.addFrom(CollectionSelector.newBuilder().setCollectionId(collection)))
                        .build())
                .forEachRemaining(answer -> {
                    if (answer.hasDocument()) {
                        ids.add(answer.getDocument().getName().substring(ROOT.length() + collection.length() + 2));
                    }
                });
        return ids;
    }

    static Write set(String path, Map<String, Value> fields) {
        return Write.newBuilder()
                .setUpdate(Document.newBuilder().setName(ROOT + "/" + path).putAllFields(fields))
                .build();
    }

    static Write delete(String path) {
        return Write.newBuilder().setDelete(ROOT + "/" + path).build();
    }

    static Value value(long number) {
        return Value.newBuilder().setIntegerValue(number).build();
    }

    static Value value(double number) {
        return Value.newBuilder().setDoubleValue(number).build();
    }

    static Value value(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
