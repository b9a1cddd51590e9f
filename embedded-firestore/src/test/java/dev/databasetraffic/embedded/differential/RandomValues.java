package dev.databasetraffic.embedded.differential;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import java.util.List;
import java.util.Random;

/** Names, paths and values: few of each, so that they meet again, and some that are wrong. */
final class RandomValues {

    private static final List<String> DATABASES = List.of(
            "projects/p1/databases/(default)", "projects/p1/databases/other", "projects/p2/databases/(default)");
    private static final List<String> COLLECTIONS = List.of("a", "a", "a", "b", "é");
    private static final List<String> IDS = List.of("1", "2", "10", "é", "😀", "\uffff", "__id7__", "__id-3__");
    private static final List<String> BAD_IDS =
            List.of("", ".", "..", "__x__", "__id__", "__idx__", "x".repeat(1501), "é".repeat(751), "a/b", "____");
    private static final List<String> FIELDS = List.of("x", "x", "y", "z", "m");
    private static final List<String> PATHS =
            List.of("x", "x", "x", "y", "y", "z", "m", "m.x", "m.y", "`a.b`", "m.m.x");
    private static final List<String> BAD_PATHS = List.of(
            "", ".", "a.", ".a", "a..b", "1a", "a b", "`a", "``", "__x__", "x.__y__", "é", "*", "x".repeat(1501));
    private static final List<String> STRINGS = List.of("", "a", "b", "ab", "é", "😀", "\uffff", "\u0000");
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1,
        1.5,
        -1,
        2,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        9007199254740992.0,
        Long.MAX_VALUE,
        4.9e-324
    };
    private static final long[] LONGS = {
        0, 1, 2, 3, -1, 9007199254740992L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double BAD = 0.02;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String database() {
        return pick(DATABASES);
    }

    String anotherDatabase(String database) {
        String other = database();
        return other.equals(database) ? anotherDatabase(database) : other;
    }

    String collection() {
        return chance(BAD) ? pick(BAD_IDS) : pick(COLLECTIONS);
    }

    String id() {
        return chance(BAD / 2) ? pick(BAD_IDS) : pick(IDS);
    }

    String root(String database) {
        return database + "/documents";
    }

    String document(String database) {
        String name = root(database) + "/" + collection() + "/" + id();
        if (chance(0.15)) {
            name += "/" + collection() + "/" + id();
        }
        return chance(BAD / 2) ? name + pick("/", "//", "/c", "/c/") : name;
    }

    String parent(String database) {
        return chance(0.7) ? root(database) : document(database);
    }

    String path() {
        return chance(BAD) ? pick(BAD_PATHS) : pick(PATHS);
    }

    String orderPath() {
        return chance(0.15) ? "__name__" : path();
    }

    Value value(String database) {
        return value(database, 0);
    }

    private Value value(String database, int depth) {
        Value.Builder value = Value.newBuilder();
        return switch (random.nextInt(depth < 3 ? 14 : 10)) {
            case 0 -> value.setNullValue(NullValue.NULL_VALUE).build();
            case 1 -> value.setBooleanValue(random.nextBoolean()).build();
            case 2, 3 ->
                value.setIntegerValue(LONGS[random.nextInt(LONGS.length)]).build();
            case 4, 5 ->
                value.setDoubleValue(DOUBLES[random.nextInt(DOUBLES.length)]).build();
            case 6 -> value.setStringValue(pick(STRINGS)).build();
            case 7 ->
                value.setBytesValue(pick(
                                ByteString.EMPTY,
                                ByteString.copyFrom(new byte[] {1, -1}),
                                ByteString.copyFromUtf8("a")))
                        .build();
            case 8 -> scarce(database);
            case 9 -> chance(0.1) ? bad() : reference(chance(0.7) ? database : database());
            case 10, 11 -> value.setArrayValue(array(database, depth + 1)).build();
            default -> value.setMapValue(map(database, depth + 1)).build();
        };
    }

    Value reference(String database) {
        return Value.newBuilder().setReferenceValue(document(database)).build();
    }

    ArrayValue array(String database) {
        return array(database, 1);
    }

    MapValue map(String database) {
        return map(database, 0);
    }

    private ArrayValue array(String database, int depth) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            Value value = value(database, depth);
            boolean refused = value.hasArrayValue() || value.getMapValue().containsFields("__type__");
            if (!refused || chance(0.03)) {
                array.addValues(value);
            }
        }
        return array.build();
    }

    private MapValue map(String database, int depth) {
        MapValue.Builder map = MapValue.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.putFields(
                    chance(0.05) ? pick("a.b", "`", "é", "_", "__", "__x__", "", "____") : pick(FIELDS),
                    value(database, depth));
        }
        return map.build();
    }

    private Value scarce(String database) {
        Value.Builder value = Value.newBuilder();
        return switch (random.nextInt(4)) {
            case 0 ->
                value.setTimestampValue(
                                Timestamp.newBuilder().setSeconds(number(3)).setNanos(pick(0, 1000, 1999, 999_999_999)))
                        .build();
            case 1 ->
                value.setGeoPointValue(LatLng.newBuilder()
                                .setLatitude(pick(0.0, -0.0, 1.0, -90.0))
                                .setLongitude(pick(0.0, 180.0)))
                        .build();
            case 2 -> vector(pick(1, 2, 3));
            default -> nested(pick(17, 19, 20, 21), reference(database));
        };
    }

    Value vector(int size) {
        ArrayValue.Builder elements = ArrayValue.newBuilder();
        for (int i = 0; i < size; i++) {
            elements.addValues(Value.newBuilder().setDoubleValue(number(2)));
        }
        return Value.newBuilder()
                .setMapValue(MapValue.newBuilder()
                        .putFields(
                                "__type__",
                                Value.newBuilder().setStringValue("__vector__").build())
                        .putFields(
                                "value",
                                Value.newBuilder().setArrayValue(elements).build()))
                .build();
    }

    private static Value nested(int depth, Value innermost) {
        Value value = innermost;
        for (int i = 0; i < depth; i++) {
            value = Value.newBuilder()
                    .setMapValue(MapValue.newBuilder().putFields("d", value))
                    .build();
        }
        return value;
    }

    private Value bad() {
        Value.Builder value = Value.newBuilder();
        return switch (random.nextInt(7)) {
            case 0 -> value.build();
            case 1 ->
                value.setReferenceValue(pick("", "x", "projects/p1/databases/(default)/documents/a"))
                        .build();
            case 2 ->
                value.setGeoPointValue(LatLng.newBuilder().setLatitude(91)).build();
            case 3 ->
                value.setTimestampValue(Timestamp.newBuilder().setNanos(-1)).build();
            case 4 ->
                value.setTimestampValue(Timestamp.newBuilder().setSeconds(253_402_300_800L))
                        .build();
            case 5 -> value.setStringValue("x".repeat(1_048_488)).build();
            default ->
                value.setArrayValue(ArrayValue.newBuilder()
                                .addValues(Value.newBuilder().setArrayValue(ArrayValue.getDefaultInstance())))
                        .build();
        };
    }
}
