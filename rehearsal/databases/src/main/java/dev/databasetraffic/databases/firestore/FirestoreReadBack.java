package dev.databasetraffic.databases.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.FirestoreProto;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.FieldReference;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.Projection;
import com.google.firestore.v1.Value;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** Reads back what is stored, straight from the emulator or its stand-in, past TLS and mesh and service. */
public final class FirestoreReadBack {

    /** An emulator sorts millions of documents before it sends the first, and does not say so. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private static final MethodDescriptor<RunQueryRequest, RunQueryResponse> RUN_QUERY =
            MethodDescriptor.<RunQueryRequest, RunQueryResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(
                            FirestoreProto.getDescriptor()
                                    .findServiceByName("Firestore")
                                    .getFullName(),
                            "RunQuery"))
                    .setRequestMarshaller(ProtoUtils.marshaller(RunQueryRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(RunQueryResponse.getDefaultInstance()))
                    .build();

    private final URI emulator;
    private final String parent;
    private final String collection;
    private final String field;

    /**
     * Reads nothing yet.
     *
     * @param emulator where it answers in plain text
     * @param collection a collection of the project's default database
     * @param field its documents' field that tells one write from another, with dots before each that is in a map; documents
     *     without it are left out
     */
    public FirestoreReadBack(URI emulator, String project, String collection, String field) {
        this.emulator = emulator;
        parent = "projects/" + project + "/databases/(default)/documents";
        this.collection = collection;
        this.field = field;
    }

    /**
     * How many documents carry each value of the field that starts with the prefix.
     *
     * @throws EmulatorException if they could not be read completely
     */
    public Map<String, Integer> count(String prefix) throws EmulatorException {
        Map<String, Integer> counts = new TreeMap<>();
        read(prefix, (value, times) -> counts.merge(value, times, Integer::sum));
        return counts;
    }

    /**
     * As {@link #count}, without keeping what was read.
     *
     * @param found told of the value of each document, once
     * @throws EmulatorException if they could not be read completely
     */
    void read(String prefix, ObjIntConsumer<String> found) throws EmulatorException {
        ManagedChannel channel = open();
        ArrivingDocuments arriving =
                new ArrivingDocuments(document -> found.accept(value(document), 1), LONGEST_SILENCE);
        try {
            ClientCalls.asyncServerStreamingCall(
                    channel.newCall(RUN_QUERY, CallOptions.DEFAULT), query(prefix), arriving);
            arriving.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmulatorException("Interrupted while what is stored was read back.", e);
        } catch (StatusRuntimeException e) {
            throw new EmulatorException(
                    "What is stored could not be read back from the Firestore at " + emulator.getAuthority() + ": "
                            + e.getMessage(),
                    e);
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel open() {
        // The emulator's owner, whom no security rule holds back.
        Metadata owner = new Metadata();
        owner.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer owner");
        return NettyChannelBuilder.forAddress(emulator.getHost(), emulator.getPort())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(owner))
                .build();
    }

    /** All at once: an emulator looks through the whole collection for each query, however few results it is to give. */
    private RunQueryRequest query(String prefix) {
        return RunQueryRequest.newBuilder()
                .setParent(parent)
                .setStructuredQuery(StructuredQuery.newBuilder()
                        .setSelect(Projection.newBuilder().addFields(reference(field)))
                        .addFrom(CollectionSelector.newBuilder().setCollectionId(collection))
                        .setWhere(Filter.newBuilder()
                                .setCompositeFilter(CompositeFilter.newBuilder()
                                        .setOp(CompositeFilter.Operator.AND)
                                        .addFilters(filter(FieldFilter.Operator.GREATER_THAN_OR_EQUAL, prefix))
                                        // The last code point: every value that starts with the prefix sorts before it.
                                        .addFilters(filter(
                                                FieldFilter.Operator.LESS_THAN,
                                                prefix + Character.toString(Character.MAX_CODE_POINT))))))
                .build();
    }

    private Filter filter(FieldFilter.Operator operator, String value) {
        return Filter.newBuilder()
                .setFieldFilter(FieldFilter.newBuilder()
                        .setField(reference(field))
                        .setOp(operator)
                        .setValue(Value.newBuilder().setStringValue(value)))
                .build();
    }

    private String value(Document document) {
        Map<String, Value> fields = document.getFieldsMap();
        Value value = Value.getDefaultInstance();
        for (String name : field.split("\\.")) {
            value = fields.getOrDefault(name, Value.getDefaultInstance());
            fields = value.getMapValue().getFieldsMap();
        }
        return value.getStringValue();
    }

    private static FieldReference reference(String path) {
        return FieldReference.newBuilder().setFieldPath(path).build();
    }
}
