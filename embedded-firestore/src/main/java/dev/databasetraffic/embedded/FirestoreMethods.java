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
import com.google.firestore.v1.FirestoreProto;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.grpc.stub.StreamObservers;
import java.util.Iterator;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service as gRPC serves it; its stubs are no longer published, so that methods are bound one by one. */
final class FirestoreMethods {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFirestore.class);
    private static final String SERVICE =
            FirestoreProto.getDescriptor().findServiceByName("Firestore").getFullName();

    private final ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(SERVICE);

    private FirestoreMethods() {}

    static ServerServiceDefinition bind(FirestoreService service) {
        return new FirestoreMethods()
                .unary(
                        "GetDocument",
                        GetDocumentRequest.getDefaultInstance(),
                        Document.getDefaultInstance(),
                        service::getDocument)
                .unary(
                        "ListDocuments",
                        ListDocumentsRequest.getDefaultInstance(),
                        ListDocumentsResponse.getDefaultInstance(),
                        service::listDocuments)
                .unary(
                        "CreateDocument",
                        CreateDocumentRequest.getDefaultInstance(),
                        Document.getDefaultInstance(),
                        service::createDocument)
                .unary(
                        "UpdateDocument",
                        UpdateDocumentRequest.getDefaultInstance(),
                        Document.getDefaultInstance(),
                        service::updateDocument)
                .unary(
                        "DeleteDocument",
                        DeleteDocumentRequest.getDefaultInstance(),
                        Empty.getDefaultInstance(),
                        service::deleteDocument)
                .unary(
                        "BeginTransaction",
                        BeginTransactionRequest.getDefaultInstance(),
                        BeginTransactionResponse.getDefaultInstance(),
                        service::beginTransaction)
                .unary(
                        "Commit",
                        CommitRequest.getDefaultInstance(),
                        CommitResponse.getDefaultInstance(),
                        service::commit)
                .unary("Rollback", RollbackRequest.getDefaultInstance(), Empty.getDefaultInstance(), service::rollback)
                .unary(
                        "BatchWrite",
                        BatchWriteRequest.getDefaultInstance(),
                        BatchWriteResponse.getDefaultInstance(),
                        service::batchWrite)
                .unary(
                        "ListCollectionIds",
                        ListCollectionIdsRequest.getDefaultInstance(),
                        ListCollectionIdsResponse.getDefaultInstance(),
                        service::listCollectionIds)
                .streaming(
                        "BatchGetDocuments",
                        BatchGetDocumentsRequest.getDefaultInstance(),
                        BatchGetDocumentsResponse.getDefaultInstance(),
                        service::batchGetDocuments)
                .streaming(
                        "RunQuery",
                        RunQueryRequest.getDefaultInstance(),
                        RunQueryResponse.getDefaultInstance(),
                        service::runQuery)
                .definition
                .build();
    }

    private <Q extends Message, A extends Message> FirestoreMethods unary(
            String name, Q request, A answer, Function<Q, A> method) {
        definition.addMethod(
                descriptor(name, MethodType.UNARY, request, answer),
                ServerCalls.asyncUnaryCall((asked, observer) -> attempt(observer, () -> {
                    observer.onNext(method.apply(asked));
                    observer.onCompleted();
                })));
        return this;
    }

    /** Answers are made as fast as the caller takes them. */
    private <Q extends Message, A extends Message> FirestoreMethods streaming(
            String name, Q request, A answer, Function<Q, Iterator<A>> method) {
        definition.addMethod(
                descriptor(name, MethodType.SERVER_STREAMING, request, answer),
                ServerCalls.asyncServerStreamingCall((asked, observer) -> attempt(
                        observer,
                        () -> StreamObservers.copyWithFlowControl(
                                method.apply(asked), (CallStreamObserver<A>) observer))));
        return this;
    }

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> descriptor(
            String name, MethodType type, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(answer))
                .build();
    }

    private static void attempt(StreamObserver<?> observer, Runnable answer) {
        try {
            answer.run();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        } catch (RuntimeException e) {
            LOG.error("The embedded Firestore stand-in failed to answer a call.", e);
            observer.onError(Status.INTERNAL
                    .withDescription("The embedded Firestore stand-in has a defect; see its log.")
                    .asRuntimeException());
        }
    }
}
