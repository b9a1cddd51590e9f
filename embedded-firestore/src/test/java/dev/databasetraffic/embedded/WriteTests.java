package dev.databasetraffic.embedded;

import static dev.databasetraffic.embedded.Local.ROOT;
import static dev.databasetraffic.embedded.Local.delete;
import static dev.databasetraffic.embedded.Local.set;
import static dev.databasetraffic.embedded.Local.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTests {

    private final Local firestore = new Local();

    @Test
    void aCommitIsAllOrNothing() {
        Write refused = exists(set("a/2", Map.of()), true);

        assertRefused(Status.Code.NOT_FOUND, () -> firestore.commit(set("a/1", Map.of()), refused));
        assertRefused(Status.Code.NOT_FOUND, () -> firestore.get("a/1"));

        firestore.commit(set("a/2", Map.of()));
        firestore.commit(set("a/1", Map.of()), refused);
        assertThat(firestore.get("a/1").getName()).isEqualTo(ROOT + "/a/1");
    }

    @Test
    void aBatchIsOneCommitAWrite() {
        BatchWriteResponse response = firestore.service.batchWrite(BatchWriteRequest.newBuilder()
                .setDatabase(Local.DATABASE)
                .addWrites(exists(set("a/1", Map.of()), true))
                .addWrites(set("a/2", Map.of()))
                .build());

        assertThat(response.getStatusList())
                .extracting(com.google.rpc.Status::getCode)
                .containsExactly(Code.NOT_FOUND_VALUE, Code.OK_VALUE);
        assertThat(firestore.get("a/2").hasUpdateTime()).isTrue();
    }

    @Test
    void whatExistsIsNotCreatedAgain() {
        firestore.commit(exists(set("a/1", Map.of("x", value(1))), false));

        assertRefused(
                Status.Code.ALREADY_EXISTS, () -> firestore.commit(exists(set("a/1", Map.of("x", value(1))), false)));
    }

    @Test
    void aWriteMayAskForTheVersionThatItChanges() {
        Timestamp first = firestore.commit(set("a/1", Map.of("x", value(1)))).getCommitTime();
        Write onFirst = set("a/1", Map.of("x", value(2))).toBuilder()
                .setCurrentDocument(Precondition.newBuilder().setUpdateTime(first))
                .build();

        firestore.commit(onFirst);
        assertRefused(Status.Code.FAILED_PRECONDITION, () -> firestore.commit(onFirst));
    }

    @Test
    void aWriteThatChangesNothingLeavesTheUpdateTime() {
        Timestamp first = firestore.commit(set("a/1", Map.of("x", value(1)))).getCommitTime();

        CommitResponse again = firestore.commit(set("a/1", Map.of("x", value(1))));
        assertThat(again.getWriteResults(0).getUpdateTime()).isEqualTo(first);
        // One that is equal to it, but of another type, is a change.
        CommitResponse other = firestore.commit(set("a/1", Map.of("x", value(1.0))));
        assertThat(other.getWriteResults(0).getUpdateTime())
                .isEqualTo(other.getCommitTime())
                .isNotEqualTo(first);
        assertThat(firestore.get("a/1").getCreateTime()).isEqualTo(first);
    }

    @Test
    void aMaskSetsWhatTheUpdateHasAndTakesAwayWhatItHasNot() {
        firestore.commit(set("a/1", Map.of("kept", value(1), "gone", value(1), "m", map(Map.of("y", value(1))))));

        firestore.commit(set("a/1", Map.of("m", map(Map.of("x", value(2))), "ignored", value(2))).toBuilder()
                .setUpdateMask(DocumentMask.newBuilder().addFieldPaths("gone").addFieldPaths("m.x"))
                .build());

        assertThat(firestore.get("a/1").getFieldsMap())
                .isEqualTo(Map.of("kept", value(1), "m", map(Map.of("y", value(1), "x", value(2)))));
    }

    @Test
    void transformsSeeWhatThoseBeforeThemLeft() {
        CommitResponse response = firestore.commit(set("a/1", Map.of("n", value(1))).toBuilder()
                .addUpdateTransforms(transform("n").setIncrement(value(2)))
                .addUpdateTransforms(transform("n").setMaximum(value(2.5)))
                .addUpdateTransforms(transform("big").setIncrement(value(Long.MAX_VALUE)))
                .addUpdateTransforms(transform("big").setIncrement(value(1)))
                .build());

        assertThat(response.getWriteResults(0).getTransformResultsList())
                .containsExactly(value(3), value(3), value(Long.MAX_VALUE), value(Long.MAX_VALUE));
    }

    @Test
    void theServersTimeIsThatOfTheCommit() {
        CommitResponse response = firestore.commit(set("a/1", Map.of()).toBuilder()
                .addUpdateTransforms(transform("at").setSetToServerValue(ServerValue.REQUEST_TIME))
                .build());

        Timestamp told = firestore.get("a/1").getFieldsOrThrow("at").getTimestampValue();
        assertThat(told.getSeconds()).isEqualTo(response.getCommitTime().getSeconds());
        assertThat(told.getNanos()).isEqualTo(response.getCommitTime().getNanos() / 1_000_000 * 1_000_000);
    }

    @Test
    void oneDocumentMayBeWrittenMoreThanOnce() {
        firestore.commit(set("a/1", Map.of("x", value(1))), delete("a/1"), exists(set("a/1", Map.of()), false));
        assertThat(firestore.get("a/1").getFieldsMap()).isEmpty();

        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                () -> firestore.commit(set("a/1", Map.of()), exists(set("a/1", Map.of()), false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c", "a/", "a//b", "a/.", "a/..", "a/__x__", "__a__/b", "a/b/"})
    void aDocumentNeedsAName(String path) {
        assertRefused(Status.Code.INVALID_ARGUMENT, () -> firestore.commit(set(path, Map.of())));
    }

    @Test
    void aDocumentHasASize() {
        // Its name takes 20 bytes of it, the fields' names 4, the strings' ends 2, and the document itself 32.
        String half = "x".repeat((1_048_576 - 58) / 2);
        firestore.commit(set("a/1", Map.of("x", value(half), "y", value(half))));

        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                () -> firestore.commit(set("a/1", Map.of("x", value(half), "y", value(half + "x")))));
    }

    @Test
    void ofAVectorOnlyTheNumbersCount() {
        Value numbers = Value.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addValues(value(1.5)).addValues(value(2.5)))
                .build();
        Value vector = map(Map.of(
                "__type__", Value.newBuilder().setStringValue("__vector__").build(), "value", numbers));
        // What is around them, as above, and the field with the vector: 2 for its name and 8 for each number.
        String half = "x".repeat((1_048_576 - 58 - 18) / 2);
        firestore.commit(set("a/1", Map.of("x", value(half), "y", value(half), "v", vector)));

        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                () -> firestore.commit(set("a/1", Map.of("x", value(half), "y", value(half + "x"), "v", vector))));
    }

    @Test
    void aValueHasASize() {
        String most = "x".repeat(1_048_487);
        firestore.commit(set("a/1", Map.of("x", value(most))));

        assertRefused(Status.Code.INVALID_ARGUMENT, () -> firestore.commit(set("a/1", Map.of("x", value(most + "x")))));
    }

    @Test
    void mapsAndArraysHaveADepth() {
        firestore.commit(set("a/1", Map.of("x", nested(20))));

        assertRefused(Status.Code.INVALID_ARGUMENT, () -> firestore.commit(set("a/1", Map.of("x", nested(21)))));
    }

    @Test
    void aVectorHasATypeAndAValueAndNothingElse() {
        Value type = Value.newBuilder().setStringValue("__vector__").build();
        Value numbers = Value.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addValues(value(1.5)))
                .build();
        firestore.commit(set("a/1", Map.of("x", map(Map.of("__type__", type, "value", numbers)))));

        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                () -> firestore.commit(set(
                        "a/1", Map.of("x", map(Map.of("__type__", type, "value", numbers, "y", value(1)))))));
    }

    @Test
    void projectsAndDatabasesAreApart() {
        firestore.commit(set("a/1", Map.of()));
        firestore.commit(Write.newBuilder()
                .setDelete("projects/test/databases/other/documents/a/1")
                .build());
        firestore.store.clear("elsewhere");
        assertThat(firestore.get("a/1").getName()).endsWith("a/1");

        firestore.store.clear("test");
        assertRefused(Status.Code.NOT_FOUND, () -> firestore.get("a/1"));
    }

    private static Value nested(int depth) {
        Value value = value(1);
        for (int i = 0; i < depth; i++) {
            value = map(Map.of("x", value));
        }
        return value;
    }

    private static Value map(Map<String, Value> fields) {
        return Value.newBuilder()
                .setMapValue(MapValue.newBuilder().putAllFields(fields))
                .build();
    }

    private static FieldTransform.Builder transform(String path) {
        return FieldTransform.newBuilder().setFieldPath(path);
    }

    private static Write exists(Write write, boolean exists) {
        return write.toBuilder()
                .setCurrentDocument(Precondition.newBuilder().setExists(exists))
                .build();
    }

    private static void assertRefused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }
}
