package dev.databasetraffic.embedded;

import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to and views of a document's fields; what is passed in stays as it is. */
final class Fields {

    private Fields() {}

    /**
     * Sets the field, and makes the maps that lead to it. A null value takes it away.
     *
     * @return the same fields if there was nothing to take away
     */
    static Map<String, Value> with(Map<String, Value> fields, FieldPath path, @Nullable Value value) {
        String name = path.first();
        Value old = fields.get(name);
        if (value == null && (old == null || !path.isLeaf() && inside(old).isEmpty())) {
            return fields;
        }
        Map<String, Value> changed = new LinkedHashMap<>(fields);
        if (!path.isLeaf()) {
            Map<String, Value> inside =
                    old == null ? Map.of() : old.getMapValue().getFieldsMap();
            changed.put(name, map(with(inside, path.rest(), value)));
        } else if (value != null) {
            changed.put(name, value);
        } else {
            changed.remove(name);
        }
        return changed;
    }

    /** The fields of a map; anything else, such as a vector, has none. */
    static Map<String, Value> inside(Value value) {
        return Vectors.isVector(value) ? Map.of() : value.getMapValue().getFieldsMap();
    }

    /** What an update with a mask leaves: masked fields become the update's, and go where it has none. */
    static Map<String, Value> merge(Map<String, Value> fields, List<FieldPath> mask, Map<String, Value> update) {
        Map<String, Value> merged = fields;
        for (FieldPath path : mask) {
            merged = with(merged, path, path.in(update));
        }
        return merged;
    }

    /** The fields that a mask names; a map is there if something of it is. */
    static Map<String, Value> project(Map<String, Value> fields, List<FieldPath> mask) {
        Map<String, Value> projected = new LinkedHashMap<>();
        for (FieldPath path : mask) {
            Value value = path.in(fields);
            if (value != null) {
                projected = new LinkedHashMap<>(with(projected, path, value));
            }
        }
        return projected;
    }

    private static Value map(Map<String, Value> fields) {
        return Value.newBuilder()
                .setMapValue(MapValue.newBuilder().putAllFields(fields))
                .build();
    }
}
