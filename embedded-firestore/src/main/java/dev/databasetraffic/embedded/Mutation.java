package dev.databasetraffic.embedded;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.DocumentTransform;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write that may be carried out.
 *
 * @param fields what a document is to hold; null if it is to be deleted
 * @param mask the fields that change; null for all
 */
record Mutation(
        ResourcePath path,
        @Nullable Map<String, Value> fields,
        @Nullable List<FieldPath> mask,
        List<Transform> transforms,
        Requirement requirement) {

    static Mutation parse(Write write) {
        Requirement requirement = Requirement.parse(write.getCurrentDocument());
        return switch (write.getOperationCase()) {
            case UPDATE -> {
                ResourcePath path = ResourcePath.document(write.getUpdate().getName());
                List<FieldPath> mask = write.hasUpdateMask()
                        ? FieldPath.parseAll(write.getUpdateMask().getFieldPathsList())
                        : null;
                yield new Mutation(
                        path,
                        checked(path, write.getUpdate().getFieldsMap(), mask),
                        mask,
                        Transform.parseAll(write.getUpdateTransformsList()),
                        requirement);
            }
            case DELETE -> {
                checkPlain(write, "delete");
                yield new Mutation(ResourcePath.document(write.getDelete()), null, null, List.of(), requirement);
            }
            case TRANSFORM -> {
                checkPlain(write, "transform");
                DocumentTransform transform = write.getTransform();
                if (transform.getFieldTransformsCount() == 0) {
                    throw StatusExceptions.invalid("The list of FieldTransform must not be empty.");
                }
                ResourcePath path = ResourcePath.document(transform.getDocument());
                Limits.checkIds(path);
                yield new Mutation(
                        path, Map.of(), List.of(), Transform.parseAll(transform.getFieldTransformsList()), requirement);
            }
            case OPERATION_NOT_SET -> throw StatusExceptions.invalid("empty write operation");
        };
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if one write rules out what another one asks for */
    static void checkCompatible(List<Mutation> mutations) {
        if (mutations.size() == 1) {
            return;
        }
        Map<ResourcePath, Mutation> before = new HashMap<>();
        for (Mutation mutation : mutations) {
            Mutation earlier = before.put(mutation.path, mutation);
            if (earlier != null) {
                mutation.checkAfter(earlier);
                if (mutation.requirement.updated() == null) {
                    before.put(mutation.path, mutation.withVersionOf(earlier));
                }
            }
        }
    }

    static Mutation create(ResourcePath path, Map<String, Value> fields) {
        return new Mutation(path, checked(path, fields, null), null, List.of(), new Requirement(false, null));
    }

    static Mutation update(Document document, @Nullable DocumentMask mask, Precondition precondition) {
        Write.Builder write = Write.newBuilder().setUpdate(document).setCurrentDocument(precondition);
        return parse((mask == null ? write : write.setUpdateMask(mask)).build());
    }

    static Mutation delete(String name, Precondition precondition) {
        return new Mutation(ResourcePath.document(name), null, null, List.of(), Requirement.parse(precondition));
    }

    /**
     * Makes the fields that the document has afterwards.
     *
     * @param results gets what the caller is told of each transform
     */
    Map<String, Value> apply(Map<String, Value> stored, Timestamp requestTime, List<Value> results) {
        Map<String, Value> written = fields == null ? Map.of() : fields;
        Map<String, Value> merged = mask == null ? written : Fields.merge(stored, mask, written);
        for (Transform transform : transforms) {
            Transform.Outcome outcome = transform.apply(merged, requestTime);
            merged = Fields.with(merged, transform.path(), outcome.value());
            results.add(outcome.result());
        }
        if (merged != fields) {
            Limits.checkSize(path, merged);
        }
        return merged;
    }

    private void checkAfter(Mutation earlier) {
        boolean gone = earlier.fields == null;
        Boolean wanted = requirement.updated() != null && fields != null ? Boolean.TRUE : requirement.exists();
        if (wanted != null && wanted == gone) {
            throw StatusExceptions.invalid(
                    "Cannot " + earlier.verb() + " then " + verb() + " an entity in the same request.");
        }
        if (requirement.updated() != null && !requirement.updated().equals(earlier.requirement.updated())) {
            throw StatusExceptions.invalid("Cannot collapse mutations with different version preconditions");
        }
    }

    private Mutation withVersionOf(Mutation earlier) {
        return new Mutation(
                path, fields, mask, transforms, new Requirement(requirement.exists(), earlier.requirement.updated()));
    }

    private String verb() {
        if (fields == null) {
            return "delete";
        }
        if (requirement.updated() != null) {
            return "update";
        }
        return requirement.exists() == null ? "upsert" : requirement.exists() ? "update" : "insert";
    }

    private static void checkPlain(Write write, String kind) {
        if (write.hasUpdateMask()) {
            throw StatusExceptions.invalid("a " + kind + " must not specify a document mask.");
        }
        if (write.getUpdateTransformsCount() > 0) {
            throw StatusExceptions.invalid("a " + kind + " must not specify a update transform.");
        }
    }

    /** What the mask leaves out is not stored, and may be beyond the limits. */
    private static Map<String, Value> checked(
            ResourcePath path, Map<String, Value> fields, @Nullable List<FieldPath> mask) {
        Map<String, Value> checked = Values.checkFields(fields);
        Map<String, Value> written = mask == null ? checked : Fields.merge(Map.of(), mask, checked);
        Limits.check(path, written);
        return checked;
    }
}
