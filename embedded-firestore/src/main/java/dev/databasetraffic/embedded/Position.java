package dev.databasetraffic.embedded;

import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.Value;
import java.util.List;

/**
 * Between two results of a query.
 *
 * @param values what the first of its orders sort by
 * @param before whether it lies before the documents that have these values, or after them
 */
record Position(List<Value> values, boolean before) {

    static Position parse(Cursor cursor, List<SortOrder> explicitOrders, DatabaseName database) {
        if (cursor.getValuesCount() > explicitOrders.size()) {
            throw StatusExceptions.invalid("Cursor has too many values.");
        }
        List<Value> values =
                cursor.getValuesList().stream().map(Values::checkAskedFor).toList();
        for (int i = 0; i < values.size(); i++) {
            if (explicitOrders.get(i).path().isName()) {
                checkName(values.get(i), database);
            }
        }
        return new Position(values, cursor.getBefore());
    }

    boolean isBefore(StoredDocument document, List<SortOrder> orders) {
        int order = 0;
        for (int i = 0; order == 0 && i < values.size(); i++) {
            order = orders.get(i).compare(document, values.get(i));
        }
        return order > 0 || order == 0 && before;
    }

    static void checkName(Value value, DatabaseName database) {
        if (!value.hasReferenceValue()) {
            throw StatusExceptions.invalid("Cursor __key__ value is not a document reference.");
        }
        if (!ResourcePath.document(value.getReferenceValue()).database().equals(database)) {
            throw StatusExceptions.invalid("The cursor key is in a different database than the query");
        }
    }
}
