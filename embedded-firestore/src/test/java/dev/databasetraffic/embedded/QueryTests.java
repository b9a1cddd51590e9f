package dev.databasetraffic.embedded;

import static dev.databasetraffic.embedded.Local.set;
import static dev.databasetraffic.embedded.Local.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.Direction;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.FieldFilter.Operator;
import com.google.firestore.v1.StructuredQuery.FieldReference;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.Order;
import com.google.firestore.v1.Value;
import com.google.protobuf.Int32Value;
import com.google.protobuf.NullValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryTests {

    private static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    private final Local firestore = new Local();

    @BeforeEach
    void store() {
        firestore.commit(
                set("a/null", Map.of("x", NULL)),
                set("a/nan", Map.of("x", value(Double.NaN))),
                set("a/1", Map.of("x", value(1))),
                set("a/2", Map.of("x", value(2.0), "y", value(1))),
                set("a/text", Map.of("x", value("t"))),
                set("a/none", Map.of("y", value(1))),
                set("a/1/a/below", Map.of("x", value(1))));
    }

    @Test
    void valuesSortByTypeThenValueThenName() {
        assertThat(firestore.ids("a", by("x", Direction.ASCENDING))).containsExactly("null", "nan", "1", "2", "text");
        assertThat(firestore.ids("a", by("x", Direction.DESCENDING))).containsExactly("text", "2", "1", "nan", "null");
        assertThat(firestore.ids("a", StructuredQuery.newBuilder()))
                .containsExactly("1", "2", "nan", "none", "null", "text");
    }

    @Test
    void comparisonsStayWithinAType() {
        assertThat(firestore.ids("a", where("x", Operator.GREATER_THAN, value(0))))
                .containsExactly("1", "2");
        assertThat(firestore.ids("a", where("x", Operator.EQUAL, value(2)))).containsExactly("2");
        assertThat(firestore.ids("a", where("x", Operator.NOT_EQUAL, value(2)))).containsExactly("nan", "1", "text");
        assertThat(firestore.ids("a", where("x", Operator.EQUAL, NULL))).isEmpty();
    }

    @Test
    void filtersCombine() {
        StructuredQuery.Builder either = StructuredQuery.newBuilder()
                .setWhere(Filter.newBuilder()
                        .setCompositeFilter(CompositeFilter.newBuilder()
                                .setOp(CompositeFilter.Operator.OR)
                                .addFilters(
                                        where("x", Operator.EQUAL, value("t")).getWhere())
                                .addFilters(where("y", Operator.EQUAL, value(1)).getWhere())));

        assertThat(firestore.ids("a", either)).containsExactly("2", "none", "text");
    }

    @Test
    void cursorsLimitsAndOffsetsCutOut() {
        StructuredQuery.Builder query = by("x", Direction.ASCENDING)
                .setStartAt(Cursor.newBuilder().addValues(value(1)).setBefore(true))
                .setEndAt(Cursor.newBuilder().addValues(value("t")).setBefore(true));

        assertThat(firestore.ids("a", query.clone())).containsExactly("1", "2");
        assertThat(firestore.ids("a", query.clone().setOffset(1))).containsExactly("2");
        assertThat(firestore.ids("a", query.clone().setLimit(Int32Value.of(1)))).containsExactly("1");
    }

    @Test
    void longListsAreReadByName() {
        String name = Local.ROOT + "/a/2";
        StructuredQuery.Builder query = by("__name__", Direction.ASCENDING)
                .setStartAt(Cursor.newBuilder().addValues(Value.newBuilder().setReferenceValue(name)))
                .setLimit(Int32Value.of(2));

        assertThat(firestore.ids("a", query)).containsExactly("nan", "none");
    }

    @Test
    void whatFirestoreRefusesIsRefused() {
        StructuredQuery.Builder both = StructuredQuery.newBuilder()
                .setWhere(Filter.newBuilder()
                        .setCompositeFilter(CompositeFilter.newBuilder()
                                .setOp(CompositeFilter.Operator.AND)
                                .addAllFilters(List.of(
                                        where("x", Operator.NOT_EQUAL, value(1)).getWhere(),
                                        where("x", Operator.NOT_EQUAL, value(2)).getWhere()))));

        assertThatThrownBy(() -> firestore.ids("a", both)).hasMessageStartingWith("INVALID_ARGUMENT: Only a single");
        assertThatThrownBy(() -> firestore.ids("a", by("__name__", Direction.DESCENDING)))
                .hasMessage("FAILED_PRECONDITION: Firestore does not support descending key scans");
        assertThatThrownBy(() -> firestore.ids("a", by("a..b", Direction.ASCENDING)))
                .hasMessageStartingWith("INVALID_ARGUMENT: Invalid property path \"a..b\".");
    }

    @Test
    void whatIsComparedWithNullAloneSortsNothing() {
        assertThat(firestore.ids("a", byNameNotIn(NULL, NULL))).isEmpty();
        assertThatThrownBy(() -> firestore.ids("a", byNameNotIn(NULL, value(5))))
                .hasMessage("INVALID_ARGUMENT: order by clause cannot contain more fields after the key");
    }

    private static StructuredQuery.Builder byNameNotIn(Value... values) {
        Value list = Value.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addAllValues(List.of(values)))
                .build();
        return where("x", Operator.NOT_IN, list)
                .addOrderBy(by("__name__", Direction.ASCENDING).getOrderBy(0));
    }

    private static StructuredQuery.Builder by(String path, Direction direction) {
        return StructuredQuery.newBuilder()
                .addOrderBy(Order.newBuilder().setField(field(path)).setDirection(direction));
    }

    private static StructuredQuery.Builder where(String path, Operator operator, Value value) {
        return StructuredQuery.newBuilder()
                .setWhere(Filter.newBuilder()
                        .setFieldFilter(FieldFilter.newBuilder()
                                .setField(field(path))
                                .setOp(operator)
                                .setValue(value)));
    }

    private static FieldReference field(String path) {
        return FieldReference.newBuilder().setFieldPath(path).build();
    }
}
