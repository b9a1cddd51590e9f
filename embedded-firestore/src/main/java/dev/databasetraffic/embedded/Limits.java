package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.List;
import java.util.Map;

/**
 * What Firestore stores at most.
 *
 * @see <a href="https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields">Limits</a>
 */
final class Limits {

    private static final int DOCUMENT_BYTES = 1_048_576;
    private static final int VALUE_BYTES = 1_048_487;
    static final int NAME_BYTES = 1500;
    private static final int DEPTH = 20;

    private Limits() {}

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is beyond one */
    static void check(ResourcePath path, Map<String, Value> fields) {
        checkIds(path);
        fields.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw StatusExceptions.invalid("The property.name is the empty string.");
            }
            if (Sizes.utf8(name) > NAME_BYTES) {
                throw StatusExceptions.invalid("The property.name is longer than " + NAME_BYTES + " bytes.");
            }
            check(name, value, Sizes.utf8(name), 0);
        });
        checkSize(path, fields);
    }

    static void checkSize(ResourcePath path, Map<String, Value> fields) {
        if (Sizes.document(path, fields) > DOCUMENT_BYTES) {
            throw StatusExceptions.invalid("maximum entity size is " + DOCUMENT_BYTES + " bytes");
        }
    }

    static void checkIds(ResourcePath path) {
        List<String> ids = path.segments();
        for (int i = 0; i < ids.size(); i++) {
            if (Sizes.utf8(ids.get(i)) > NAME_BYTES) {
                throw StatusExceptions.invalid("The key path element " + (i % 2 == 0 ? "kind" : "name")
                        + " is longer than " + NAME_BYTES + " bytes.");
            }
        }
    }

    /**
     * @param pathBytes length of the names that lead to the value, with a dot between two
     * @param depth how many maps and arrays surround it
     */
    private static void check(String property, Value value, int pathBytes, int depth) {
        switch (value.getValueTypeCase()) {
            case STRING_VALUE, BYTES_VALUE -> {
                if (Sizes.content(value) > VALUE_BYTES) {
                    throw StatusExceptions.invalid(
                            "The value of property \"" + property + "\" is longer than " + VALUE_BYTES + " bytes.");
                }
            }
            case REFERENCE_VALUE -> checkIds(ResourcePath.document(value.getReferenceValue()));
            case ARRAY_VALUE -> {
                checkNested(property, depth < DEPTH);
                value.getArrayValue()
                        .getValuesList()
                        .forEach(element -> check(property, element, pathBytes, depth + 1));
            }
            case MAP_VALUE -> {
                checkNested(property, depth < DEPTH);
                value.getMapValue().getFieldsMap().forEach((name, nested) -> {
                    int bytes = pathBytes + 1 + Sizes.utf8(name);
                    checkNested(property, !name.isEmpty() && bytes <= NAME_BYTES);
                    check(property, nested, bytes, depth + 1);
                });
            }
            default -> {
                // Of one size.
            }
        }
    }

    private static void checkNested(String property, boolean valid) {
        if (!valid) {
            throw StatusExceptions.invalid("Property " + property + " contains an invalid nested entity.");
        }
    }
}
