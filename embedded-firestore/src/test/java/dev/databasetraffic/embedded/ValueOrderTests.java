package dev.databasetraffic.embedded;

import static dev.databasetraffic.embedded.Local.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueOrderTests {

    private static final long TWO_TO_53 = 1L << 53;

    @Test
    void valuesOfAllTypesHaveOneOrder() {
        List<Value> sorted = List.of(
                Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build(),
                Value.newBuilder().setBooleanValue(false).build(),
                Value.newBuilder().setBooleanValue(true).build(),
                value(Double.NaN),
                value(Double.NEGATIVE_INFINITY),
                value(Long.MIN_VALUE),
                value(-0.5),
                value(0),
                value((double) TWO_TO_53),
                // No double is this number.
                value(TWO_TO_53 + 1),
                value(Long.MAX_VALUE),
                value(0x1p63),
                Value.newBuilder()
                        .setTimestampValue(Timestamp.newBuilder().setNanos(1))
                        .build(),
                Value.newBuilder()
                        .setTimestampValue(Timestamp.newBuilder().setSeconds(1))
                        .build(),
                value("a"),
                value("é"),
                // UTF-16 has it the other way.
                value("\uffff"),
                value("😀"),
                Value.newBuilder()
                        .setBytesValue(ByteString.copyFrom(new byte[] {1}))
                        .build(),
                Value.newBuilder()
                        .setBytesValue(ByteString.copyFrom(new byte[] {-1}))
                        .build(),
                reference("projects/p/databases/d/documents/a/__id9__"),
                reference("projects/p/databases/d/documents/a/__id10__"),
                reference("projects/p/databases/d/documents/a/1"),
                reference("projects/p/databases/d/documents/a/1/a/1"),
                reference("projects/p/databases/e/documents/a/1"),
                Value.newBuilder()
                        .setGeoPointValue(LatLng.newBuilder().setLatitude(1))
                        .build(),
                Value.newBuilder()
                        .setGeoPointValue(LatLng.newBuilder().setLatitude(1).setLongitude(1))
                        .build(),
                array(),
                array(value(1)),
                array(value(1), value(0)),
                array(value(2)),
                vector(2),
                vector(0, 0),
                map(Map.of()),
                map(Map.of("a", value(1))),
                map(Map.of("a", value(1), "b", value(0))),
                map(Map.of("a", value(2))),
                map(Map.of("b", value(0))));
        List<Value> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(17));

        shuffled.sort(ValueOrder.INSTANCE);

        assertThat(shuffled).isEqualTo(sorted);
    }

    @Test
    void numbersAreEqualByValue() {
        assertThat(ValueOrder.equal(value(1), value(1.0))).isTrue();
        assertThat(ValueOrder.equal(value(-0.0), value(0.0))).isTrue();
        assertThat(ValueOrder.equal(value(-0.0), value(0))).isTrue();
        assertThat(ValueOrder.equal(array(value(1)), array(value(1.0)))).isTrue();
        assertThat(ValueOrder.equal(value(1), value("1"))).isFalse();
    }

    private static Value reference(String name) {
        return Value.newBuilder().setReferenceValue(name).build();
    }

    private static Value array(Value... values) {
        return Value.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }

    private static Value vector(double... elements) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (double element : elements) {
            array.addValues(value(element));
        }
        return map(Map.of(
                "__type__",
                value("__vector__"),
                "value",
                Value.newBuilder().setArrayValue(array).build()));
    }

    private static Value map(Map<String, Value> fields) {
        return Value.newBuilder()
                .setMapValue(MapValue.newBuilder().putAllFields(fields))
                .build();
    }
}
