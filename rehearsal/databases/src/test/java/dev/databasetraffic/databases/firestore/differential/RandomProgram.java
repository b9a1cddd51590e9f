package dev.databasetraffic.databases.firestore.differential;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.DocumentTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Calls in a row, as two clients make them whose transactions overlap. */
final class RandomProgram {

    /** Each such write waits for two seconds on the genuine emulator. */
    private static final double CONTENTION = 0.02;

    /** The server's time goes into a field that nothing is sorted by: its ticks differ. */
    private static final String SERVER_TIME_FIELD = "at";

    private final RandomValues values;
    private final RandomQueries queries;
    private final List<Message> calls = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final List<Open> begun = new ArrayList<>();

    /** A transaction that was begun and not ended. */
    private record Open(int index, String database, boolean readOnly) {}

    private RandomProgram(long seed) {
        values = new RandomValues(new Random(seed));
        queries = new RandomQueries(values);
    }

    static List<Message> of(long seed, int length) {
        RandomProgram program = new RandomProgram(seed);
        while (program.calls.size() < length) {
            program.add();
        }
        return program.calls;
    }

    private void add() {
        int dice = values.number(100);
        if (dice < 8) {
            get();
        } else if (dice < 13) {
            batchGet();
        } else if (dice < 20) {
            list();
        } else if (dice < 23) {
            listCollectionIds();
        } else if (dice < 50) {
            query();
        } else if (dice < 68) {
            commit();
        } else if (dice < 76) {
            batchWrite();
        } else if (dice < 80) {
            create();
        } else if (dice < 86) {
            update();
        } else if (dice < 91) {
            delete();
        } else if (dice < 96) {
            begin();
        } else {
            rollback();
        }
    }

    private void get() {
        String database = values.database();
        GetDocumentRequest.Builder get = GetDocumentRequest.newBuilder().setName(values.document(database));
        if (values.chance(0.2)) {
            get.setMask(mask());
        }
        if (values.chance(0.01)) {
            get.setReadTime(Timestamp.newBuilder().setSeconds(Session.TOLD_TIME));
        } else {
            reader(database).ifPresent(get::setTransaction);
        }
        calls.add(get.build());
    }

    private void batchGet() {
        String database = values.database();
        BatchGetDocumentsRequest.Builder get =
                BatchGetDocumentsRequest.newBuilder().setDatabase(database);
        for (int i = values.number(4); i > 0; i--) {
            get.addDocuments(values.document(database));
        }
        if (values.chance(0.2)) {
            get.setMask(mask());
        }
        if (mayBegin(database) && values.chance(0.1)) {
            boolean readOnly = values.chance(0.5);
            get.setNewTransaction(ofARead(readOnly));
            begun(database, readOnly);
        } else {
            reader(database).ifPresent(get::setTransaction);
        }
        calls.add(get.build());
    }

    private void list() {
        String database = values.database();
        ListDocumentsRequest.Builder list = ListDocumentsRequest.newBuilder()
                .setParent(values.parent(database))
                .setCollectionId(values.chance(0.04) ? "" : values.collection())
                .setPageSize(values.pick(0, 0, 1, 2, 3, -1, 200));
        if (values.chance(0.2)) {
            list.setMask(mask());
        }
        if (values.chance(0.3)) {
            list.setShowMissing(true);
        } else if (values.chance(0.3)) {
            list.setOrderBy(values.pick(
                    "x",
                    "x desc",
                    "x,y desc",
                    "x desc, __name__ desc",
                    "__name__",
                    "z asc",
                    "m.x",
                    "x foo",
                    ",",
                    "x  DESC",
                    "a..b"));
        }
        reader(database).ifPresent(list::setTransaction);
        calls.add(list.build());
        if (values.chance(0.6)) {
            calls.add(list.setPageToken(values.chance(0.02) ? "abc" : Session.PAGE)
                    .build());
        }
    }

    private void listCollectionIds() {
        ListCollectionIdsRequest.Builder list = ListCollectionIdsRequest.newBuilder()
                .setParent(values.parent(values.database()))
                .setPageSize(values.pick(0, 1, 2, -1));
        calls.add(list.build());
        if (values.chance(0.5)) {
            calls.add(list.setPageToken(Session.PAGE).build());
        }
    }

    private void query() {
        String database = values.database();
        RunQueryRequest.Builder run = RunQueryRequest.newBuilder()
                .setParent(values.parent(database))
                .setStructuredQuery(queries.query(database));
        if (mayBegin(database) && values.chance(0.02)) {
            boolean readOnly = values.chance(0.5);
            run.setNewTransaction(ofARead(readOnly));
            begun(database, readOnly);
        } else {
            reader(database).ifPresent(run::setTransaction);
        }
        calls.add(run.build());
    }

    private void commit() {
        if (!open.isEmpty() && values.chance(0.25)) {
            Open transaction = open.remove(values.number(open.size()));
            calls.add(commit(transaction.database, transaction.readOnly)
                    .setTransaction(Session.transaction(transaction.index))
                    .build());
        } else {
            calls.add(commit(writable(), false).build());
        }
    }

    private CommitRequest.Builder commit(String database, boolean empty) {
        CommitRequest.Builder commit = CommitRequest.newBuilder().setDatabase(database);
        for (int i = empty && values.chance(0.9) ? 0 : values.pick(0, 1, 1, 1, 1, 2, 3, 4); i > 0; i--) {
            Write write = write(database);
            commit.addWrites(write);
            if (values.chance(0.2)) {
                commit.addWrites(again(write, database));
            }
        }
        return commit;
    }

    private void batchWrite() {
        String database = writable();
        BatchWriteRequest.Builder batch = BatchWriteRequest.newBuilder().setDatabase(database);
        for (int i = values.number(5); i > 0; i--) {
            batch.addWrites(write(database));
        }
        calls.add(batch.build());
    }

    private void create() {
        String database = writable();
        CreateDocumentRequest.Builder create = CreateDocumentRequest.newBuilder()
                .setParent(values.parent(database))
                .setCollectionId(values.collection())
                .setDocumentId(values.id())
                .setDocument(Document.newBuilder().putAllFields(fields(database)));
        if (create.getDocumentId().isEmpty()) {
            create.setDocumentId("1");
        }
        if (values.chance(0.2)) {
            create.setMask(mask());
        }
        calls.add(create.build());
    }

    private void update() {
        String database = writable();
        UpdateDocumentRequest.Builder update =
                UpdateDocumentRequest.newBuilder().setDocument(document(database));
        if (values.chance(0.4)) {
            update.setUpdateMask(mask());
        }
        if (values.chance(0.2)) {
            update.setMask(mask());
        }
        if (values.chance(0.3)) {
            update.setCurrentDocument(precondition());
        }
        calls.add(update.build());
    }

    private void delete() {
        DeleteDocumentRequest.Builder delete =
                DeleteDocumentRequest.newBuilder().setName(values.document(writable()));
        if (values.chance(0.3)) {
            delete.setCurrentDocument(precondition());
        }
        calls.add(delete.build());
    }

    private void begin() {
        if (open.size() < 2) {
            String database = writable();
            boolean readOnly = values.chance(0.4);
            calls.add(BeginTransactionRequest.newBuilder()
                    .setDatabase(database)
                    .setOptions(options(readOnly))
                    .build());
            begun(database, readOnly);
        }
    }

    private void rollback() {
        if (values.chance(0.1)) {
            String database = values.database();
            anyTransaction(database)
                    .ifPresent(transaction -> calls.add(RollbackRequest.newBuilder()
                            .setDatabase(database)
                            .setTransaction(transaction)
                            .build()));
        } else if (!open.isEmpty()) {
            Open transaction = open.remove(values.number(open.size()));
            calls.add(RollbackRequest.newBuilder()
                    .setDatabase(transaction.database)
                    .setTransaction(Session.transaction(transaction.index))
                    .build());
        }
    }

    private boolean mayBegin(String database) {
        return open.size() < 2 && (!isRead(database) || values.chance(CONTENTION));
    }

    private void begun(String database, boolean readOnly) {
        Open transaction = new Open(begun.size(), database, readOnly);
        begun.add(transaction);
        open.add(transaction);
    }

    /** Also one that has ended, or an id that no transaction ever had. */
    private Optional<ByteString> anyTransaction(String database) {
        List<Open> all = begun.stream()
                .filter(transaction -> transaction.database.equals(database))
                .toList();
        return all.isEmpty() || values.chance(0.1)
                ? Optional.of(ByteString.copyFromUtf8("never"))
                : Optional.of(Session.transaction(values.pick(all).index));
    }

    /** A transaction to read in, mostly of that database, or none. */
    private Optional<ByteString> reader(String database) {
        if (values.chance(0.01)) {
            return anyTransaction(database);
        }
        return open.stream()
                .filter(transaction -> transaction.database.equals(database) && values.chance(0.6))
                .findFirst()
                .map(transaction -> Session.transaction(transaction.index));
    }

    /** A database that no transaction has read, but for the times when a write is to meet one. */
    private String writable() {
        String database = values.database();
        return isRead(database) && !values.chance(CONTENTION) ? writable() : database;
    }

    private boolean isRead(String database) {
        return open.stream().anyMatch(transaction -> !transaction.readOnly && transaction.database.equals(database));
    }

    private Write write(String database) {
        Write.Builder write = Write.newBuilder();
        int kind = values.number(10);
        if (kind < 2) {
            write.setDelete(values.document(database));
        } else if (kind < 3) {
            write.setTransform(DocumentTransform.newBuilder()
                    .setDocument(values.document(database))
                    .addAllFieldTransforms(transforms(database)));
        } else if (!values.chance(0.01)) {
            write.setUpdate(document(database));
            if (values.chance(0.4)) {
                write.setUpdateMask(mask());
            }
            if (values.chance(0.3)) {
                write.addAllUpdateTransforms(transforms(database));
            }
        }
        if (values.chance(0.01)) {
            write.setUpdateMask(mask()).addAllUpdateTransforms(transforms(database));
        }
        if (values.chance(0.25)) {
            write.setCurrentDocument(precondition());
        }
        return write.build();
    }

    /** Another write of the same document. */
    private Write again(Write write, String database) {
        String name = switch (write.getOperationCase()) {
            case UPDATE -> write.getUpdate().getName();
            case DELETE -> write.getDelete();
            default -> write.getTransform().getDocument();
        };
        Write other = write(database);
        return switch (other.getOperationCase()) {
            case UPDATE ->
                other.toBuilder()
                        .setUpdate(other.getUpdate().toBuilder().setName(name))
                        .build();
            case DELETE -> other.toBuilder().setDelete(name).build();
            case TRANSFORM ->
                other.toBuilder()
                        .setTransform(other.getTransform().toBuilder().setDocument(name))
                        .build();
            default -> other;
        };
    }

    private List<FieldTransform> transforms(String database) {
        List<FieldTransform> transforms = new ArrayList<>();
        for (int i = values.chance(0.05) ? 0 : 1 + values.number(3); i > 0; i--) {
            FieldTransform.Builder transform = FieldTransform.newBuilder().setFieldPath(values.path());
            switch (values.number(6)) {
                case 0 ->
                    transform
                            .setFieldPath(SERVER_TIME_FIELD)
                            .setSetToServerValue(
                                    values.chance(0.02)
                                            ? ServerValue.SERVER_VALUE_UNSPECIFIED
                                            : ServerValue.REQUEST_TIME);
                case 1 -> transform.setIncrement(operand(database));
                case 2 -> transform.setMaximum(operand(database));
                case 3 -> transform.setMinimum(operand(database));
                case 4 -> transform.setAppendMissingElements(values.array(database));
                default -> transform.setRemoveAllFromArray(values.array(database));
            }
            transforms.add(values.chance(0.005) ? transform.clearTransformType().build() : transform.build());
        }
        return transforms;
    }

    private Value operand(String database) {
        return values.chance(0.05)
                ? values.value(database)
                : values.chance(0.5)
                        ? Value.newBuilder()
                                .setIntegerValue(values.pick(1L, 0L, -2L, Long.MAX_VALUE))
                                .build()
                        : Value.newBuilder()
                                .setDoubleValue(values.pick(1.0, 0.5, -0.0, Double.NaN, 1e300))
                                .build();
    }

    private Document document(String database) {
        return Document.newBuilder()
                .setName(values.document(database))
                .putAllFields(fields(database))
                .build();
    }

    private java.util.Map<String, Value> fields(String database) {
        return values.map(database).getFieldsMap();
    }

    private DocumentMask mask() {
        DocumentMask.Builder mask = DocumentMask.newBuilder();
        for (int i = values.number(4); i > 0; i--) {
            mask.addFieldPaths(values.chance(0.03) ? "__name__" : values.path());
        }
        return mask.build();
    }

    private Precondition precondition() {
        return switch (values.number(10)) {
            case 0, 1, 2, 3 -> Precondition.newBuilder().setExists(true).build();
            case 4, 5, 6 -> Precondition.newBuilder().setExists(false).build();
            case 7 ->
                Precondition.newBuilder()
                        .setUpdateTime(Timestamp.newBuilder().setSeconds(1).setNanos(values.pick(0, 1000, 1001)))
                        .build();
            default ->
                Precondition.newBuilder()
                        .setUpdateTime(Timestamp.newBuilder().setSeconds(Session.TOLD_TIME + values.number(3)))
                        .build();
        };
    }

    /** A transaction that begins with a read is for reading alone where nothing is said. */
    private TransactionOptions ofARead(boolean readOnly) {
        return readOnly && values.chance(0.3) ? TransactionOptions.getDefaultInstance() : options(readOnly);
    }

    private static TransactionOptions options(boolean readOnly) {
        return readOnly
                ? TransactionOptions.newBuilder()
                        .setReadOnly(TransactionOptions.ReadOnly.getDefaultInstance())
                        .build()
                : TransactionOptions.newBuilder()
                        .setReadWrite(TransactionOptions.ReadWrite.getDefaultInstance())
                        .build();
    }
}
