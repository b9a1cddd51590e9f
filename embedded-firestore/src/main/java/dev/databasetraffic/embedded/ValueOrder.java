package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * How Firestore sorts values, also those of different types. Values are equal to a query if neither comes first.
 *
 * @see <a href="https://cloud.google.com/firestore/docs/concepts/data-types">Value type ordering</a>
 */
final class ValueOrder implements Comparator<Value> {

    static final ValueOrder INSTANCE = new ValueOrder();

    private static final Comparator<ByteString> BYTES = ByteString.unsignedLexicographicalComparator();
    private static final Comparator<Timestamp> TIME =
            Comparator.comparingLong(Timestamp::getSeconds).thenComparingInt(Timestamp::getNanos);
    // Unlike Double.compare, −0 is 0: latitude and longitude are never NaN.
    private static final Comparator<LatLng> GEO = Comparator.<LatLng>comparingDouble(point -> point.getLatitude() + 0.0)
            .thenComparingDouble(point -> point.getLongitude() + 0.0);

    private ValueOrder() {}

    static boolean equal(Value left, Value right) {
        return INSTANCE.compare(left, right) == 0;
    }

    static boolean sameType(Value left, Value right) {
        return rank(left) == rank(right);
    }

    static boolean isNan(Value value) {
        return value.hasDoubleValue() && Double.isNaN(value.getDoubleValue());
    }

    @Override
    public int compare(Value left, Value right) {
        int rank = rank(left);
        int byRank = Integer.compare(rank, rank(right));
        if (byRank != 0) {
            return byRank;
        }
        return switch (left.getValueTypeCase()) {
            case BOOLEAN_VALUE -> Boolean.compare(left.getBooleanValue(), right.getBooleanValue());
            case INTEGER_VALUE, DOUBLE_VALUE -> compareNumbers(left, right);
            case TIMESTAMP_VALUE -> TIME.compare(left.getTimestampValue(), right.getTimestampValue());
            case STRING_VALUE -> Ids.BY_CODE_POINT.compare(left.getStringValue(), right.getStringValue());
            case BYTES_VALUE -> BYTES.compare(left.getBytesValue(), right.getBytesValue());
            case REFERENCE_VALUE ->
                ResourcePath.document(left.getReferenceValue())
                        .compareTo(ResourcePath.document(right.getReferenceValue()));
            case GEO_POINT_VALUE -> GEO.compare(left.getGeoPointValue(), right.getGeoPointValue());
            case ARRAY_VALUE ->
                compareArrays(
                        left.getArrayValue().getValuesList(),
                        right.getArrayValue().getValuesList());
            case MAP_VALUE -> Vectors.isVector(left) ? compareVectors(left, right) : compareMaps(left, right);
            default -> 0;
        };
    }

    private static int rank(Value value) {
        return switch (value.getValueTypeCase()) {
            case NULL_VALUE -> 0;
            case BOOLEAN_VALUE -> 1;
            case INTEGER_VALUE, DOUBLE_VALUE -> 2;
            case TIMESTAMP_VALUE -> 3;
            case STRING_VALUE -> 4;
            case BYTES_VALUE -> 5;
            case REFERENCE_VALUE -> 6;
            case GEO_POINT_VALUE -> 7;
            case ARRAY_VALUE -> 8;
            case MAP_VALUE -> Vectors.isVector(value) ? 9 : 10;
            default -> 11;
        };
    }

    /** By their exact value: a long need not fit a double. NaN comes first, and −0 is 0. */
    static int compareNumbers(Value left, Value right) {
        if (left.hasIntegerValue() && right.hasIntegerValue()) {
            return Long.compare(left.getIntegerValue(), right.getIntegerValue());
        }
        boolean leftNan = isNan(left);
        boolean rightNan = isNan(right);
        if (leftNan || rightNan) {
            return Boolean.compare(rightNan, leftNan);
        }
        double a = asDouble(left);
        double b = asDouble(right);
        if (a != b || Double.isInfinite(a) || left.hasDoubleValue() && right.hasDoubleValue()) {
            return a < b ? -1 : a > b ? 1 : 0;
        }
        return exact(left).compareTo(exact(right));
    }

    static double asDouble(Value number) {
        return number.hasIntegerValue() ? number.getIntegerValue() : number.getDoubleValue();
    }

    private static BigDecimal exact(Value number) {
        return number.hasIntegerValue()
                ? BigDecimal.valueOf(number.getIntegerValue())
                : new BigDecimal(number.getDoubleValue());
    }

    private int compareArrays(List<Value> left, List<Value> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** The shorter comes first, whatever it holds. */
    private int compareVectors(Value left, Value right) {
        List<Value> a = Vectors.elements(left);
        List<Value> b = Vectors.elements(right);
        return a.size() != b.size() ? Integer.compare(a.size(), b.size()) : compareArrays(a, b);
    }

    private int compareMaps(Value left, Value right) {
        Iterator<Map.Entry<String, Value>> a = sorted(left);
        Iterator<Map.Entry<String, Value>> b = sorted(right);
        while (a.hasNext() && b.hasNext()) {
            Map.Entry<String, Value> x = a.next();
            Map.Entry<String, Value> y = b.next();
            int order = Ids.BY_CODE_POINT.compare(x.getKey(), y.getKey());
            if (order == 0) {
                order = compare(x.getValue(), y.getValue());
            }
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private static Iterator<Map.Entry<String, Value>> sorted(Value map) {
        return map.getMapValue().getFieldsMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Ids.BY_CODE_POINT))
                .iterator();
    }
}
