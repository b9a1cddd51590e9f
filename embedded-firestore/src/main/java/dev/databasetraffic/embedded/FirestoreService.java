package dev.databasetraffic.embedded;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.BeginTransactionResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code google.firestore.v1.Firestore} answers; each method throws the status that it fails with. */
final class FirestoreService {

    private static final ByteString NO_TRANSACTION = ByteString.EMPTY;

    private final Store store;

    FirestoreService(Store store) {
        this.store = store;
    }

    Document getDocument(GetDocumentRequest request) {
        checkNow(request.hasReadTime());
        ResourcePath path = ResourcePath.document(request.getName());
        List<FieldPath> mask = mask(request.hasMask(), request.getMask());
        StoredDocument found = store.read(path.database(), request.getTransaction(), Set.of(path))
                .documents()
                .get(path);
        if (found == null) {
            throw StatusExceptions.notFound("Document (" + path + ") not found.");
        }
        return found.view(mask);
    }

    Iterator<BatchGetDocumentsResponse> batchGetDocuments(BatchGetDocumentsRequest request) {
        checkNow(request.hasReadTime());
        DatabaseName database = DatabaseName.parse(request.getDatabase());
        Set<ResourcePath> paths = new LinkedHashSet<>();
        request.getDocumentsList().forEach(name -> paths.add(ResourcePath.document(name)));
        List<FieldPath> mask = mask(request.hasMask(), request.getMask());
        ByteString begun =
                request.hasNewTransaction() ? beginWith(database, request.getNewTransaction()) : NO_TRANSACTION;
        Store.Reading reading = store.read(database, begun.isEmpty() ? request.getTransaction() : begun, paths);
        Stream<BatchGetDocumentsResponse> answers = paths.stream().map(path -> {
            BatchGetDocumentsResponse.Builder answer =
                    BatchGetDocumentsResponse.newBuilder().setReadTime(reading.time());
            StoredDocument found = reading.documents().get(path);
            return (found == null ? answer.setMissing(path.toString()) : answer.setFound(found.view(mask))).build();
        });
        return begun.isEmpty()
                ? answers.iterator()
                : Stream.concat(
                                Stream.of(BatchGetDocumentsResponse.newBuilder()
                                        .setTransaction(begun)
                                        .build()),
                                answers)
                        .iterator();
    }

    Iterator<RunQueryResponse> runQuery(RunQueryRequest request) {
        checkNow(request.hasReadTime());
        if (!request.hasStructuredQuery()) {
            throw StatusExceptions.invalid("only structured queries are supported");
        }
        Query query = new QueryParser(ResourcePath.parent(request.getParent()), request.getStructuredQuery()).parse();
        DatabaseName database = query.scope().parent().database();
        ByteString begun =
                request.hasNewTransaction() ? beginWith(database, request.getNewTransaction()) : NO_TRANSACTION;
        Store.Reading reading = store.read(
                database,
                begun.isEmpty() ? request.getTransaction() : begun,
                Set.of(query.scope().lock()));
        return QueryAnswers.of(query, reading, begun);
    }

    ListDocumentsResponse listDocuments(ListDocumentsRequest request) {
        checkNow(request.hasReadTime());
        DocumentList list = DocumentList.parse(request);
        return list.page(store.read(
                        list.scope().parent().database(),
                        request.getTransaction(),
                        Set.of(list.scope().lock()))
                .documents());
    }

    ListCollectionIdsResponse listCollectionIds(ListCollectionIdsRequest request) {
        checkNow(request.hasReadTime());
        CollectionList list = CollectionList.parse(request);
        return list.page(
                store.read(list.parent().database(), NO_TRANSACTION, Set.of()).documents());
    }

    BeginTransactionResponse beginTransaction(BeginTransactionRequest request) {
        ByteString begun = begin(DatabaseName.parse(request.getDatabase()), request.getOptions());
        return BeginTransactionResponse.newBuilder().setTransaction(begun).build();
    }

    CommitResponse commit(CommitRequest request) {
        DatabaseName database = DatabaseName.parse(request.getDatabase());
        List<Mutation> mutations =
                request.getWritesList().stream().map(Mutation::parse).toList();
        Committed committed = store.commit(database, mutations, request.getTransaction());
        return mutations.isEmpty()
                ? CommitResponse.getDefaultInstance()
                : CommitResponse.newBuilder()
                        .addAllWriteResults(committed.results())
                        .setCommitTime(committed.time())
                        .build();
    }

    /** Each write is a commit of its own. */
    BatchWriteResponse batchWrite(BatchWriteRequest request) {
        DatabaseName database = DatabaseName.parse(request.getDatabase());
        List<Mutation> mutations =
                request.getWritesList().stream().map(Mutation::parse).toList();
        Set<ResourcePath> paths = new HashSet<>();
        if (!mutations.stream().map(Mutation::path).allMatch(paths::add)) {
            throw StatusExceptions.invalid("the same document cannot be written more than once in a single request");
        }
        BatchWriteResponse.Builder response = BatchWriteResponse.newBuilder();
        for (Mutation mutation : mutations) {
            try {
                response.addWriteResults(store.commit(database, List.of(mutation), NO_TRANSACTION)
                                .results()
                                .get(0))
                        .addStatus(Status.getDefaultInstance());
            } catch (StatusRuntimeException e) {
                response.addWriteResults(WriteResult.getDefaultInstance())
                        .addStatus(Status.newBuilder()
                                .setCode(e.getStatus().getCode().value())
                                .setMessage(String.valueOf(e.getStatus().getDescription())));
            }
        }
        return response.build();
    }

    Empty rollback(RollbackRequest request) {
        store.rollback(DatabaseName.parse(request.getDatabase()), request.getTransaction());
        return Empty.getDefaultInstance();
    }

    Document createDocument(CreateDocumentRequest request) {
        ResourcePath parent = ResourcePath.parent(request.getParent());
        if (request.getCollectionId().isEmpty()) {
            throw StatusExceptions.invalid("collectionId is the empty string.");
        }
        Ids.checkCollection(request.getCollectionId());
        Ids.checkDocument(request.getDocumentId());
        if (!request.getDocument().getName().isEmpty()) {
            throw StatusExceptions.invalid("document.name must not be set");
        }
        String id = request.getDocumentId().isEmpty() ? Ids.random() : request.getDocumentId();
        return write(
                Mutation.create(
                        parent.child(request.getCollectionId()).child(id),
                        request.getDocument().getFieldsMap()),
                mask(request.hasMask(), request.getMask()));
    }

    Document updateDocument(UpdateDocumentRequest request) {
        return write(
                Mutation.update(
                        request.getDocument(),
                        request.hasUpdateMask() ? request.getUpdateMask() : null,
                        request.getCurrentDocument()),
                mask(request.hasMask(), request.getMask()));
    }

    Empty deleteDocument(DeleteDocumentRequest request) {
        Mutation deletion = Mutation.delete(request.getName(), request.getCurrentDocument());
        store.commit(deletion.path().database(), List.of(deletion), NO_TRANSACTION);
        return Empty.getDefaultInstance();
    }

    private Document write(Mutation mutation, @Nullable List<FieldPath> mask) {
        Committed committed = store.commit(mutation.path().database(), List.of(mutation), NO_TRANSACTION);
        return Objects.requireNonNull(committed.documents().get(mutation.path()))
                .view(mask);
    }

    /** With a read: where the mode is not said, the transaction is for reading alone, as the genuine emulator has it. */
    private ByteString beginWith(DatabaseName database, TransactionOptions options) {
        return begin(
                database,
                options.getModeCase() == TransactionOptions.ModeCase.MODE_NOT_SET
                        ? options.toBuilder()
                                .setReadOnly(TransactionOptions.ReadOnly.getDefaultInstance())
                                .build()
                        : options);
    }

    private ByteString begin(DatabaseName database, TransactionOptions options) {
        checkNow(options.getReadOnly().hasReadTime());
        return store.begin(
                database, options.hasReadOnly(), options.getReadWrite().getRetryTransaction());
    }

    /** Only the present can be read: what was is freed. */
    private static void checkNow(boolean hasReadTime) {
        if (hasReadTime) {
            throw StatusExceptions.unimplemented("read_time");
        }
    }

    private static @Nullable List<FieldPath> mask(boolean given, DocumentMask mask) {
        return given ? FieldPath.parseAll(mask.getFieldPathsList()) : null;
    }
}
