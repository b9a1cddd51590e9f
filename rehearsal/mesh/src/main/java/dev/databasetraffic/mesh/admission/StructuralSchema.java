package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds a value to a schema as the API server does: <a
 * href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">structural
 * schemas</a> under strict field validation.
 */
final class StructuralSchema {

    private static final Map<String, String> TYPES = Map.of(
            "object", "a mapping",
            "array", "a list",
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false");

    private final Schemas schemas;
    private final List<Runnable> rules = new ArrayList<>();

    StructuralSchema(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Refuses what breaks a rule of the schema; to be called when all else is as the schema says. */
    void checkRules() {
        rules.forEach(Runnable::run);
    }

    /** Refuses what is not as the schema says. */
    void check(JsonNode unresolved, Element value) {
        JsonNode schema = schemas.resolved(unresolved);
        JsonNode node = value.node();
        if (node.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        boolean either = schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("format").asText().equals("int-or-string");
        String type = either ? "" : schema.path("type").asText();
        if (node.isNull() || either && !node.isTextual() && !node.isIntegralNumber() || !isOf(type, node)) {
            value.refuse(
                    "is " + value.described(),
                    either ? "a number or a text" : TYPES.getOrDefault(type, "a value") + example(schema));
            return;
        }
        if (node.isObject()) {
            checkMembers(schema, value);
        } else if (node.isArray()) {
            checkItems(schema, value);
        } else {
            Scalar.check(schema, value);
        }
        checkLogic(schema, value);
        if (schema.has("x-kubernetes-validations")) {
            rules.add(() -> Rules.check(schema.get("x-kubernetes-validations"), value));
        }
    }

    private static String example(JsonNode schema) {
        JsonNode values = schema.path("enum");
        if (!values.isEmpty()) {
            return ", " + Scalar.oneOf(values);
        }
        String item = schema.path("items").path("type").asText();
        return item.isEmpty()
                ? ""
                : " of "
                        + Map.of("object", "mappings", "string", "texts", "integer", "numbers")
                                .getOrDefault(item, "values");
    }

    private static boolean isOf(String type, JsonNode node) {
        return switch (type) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isTextual();
            case "integer" -> node.isIntegralNumber();
            case "number" -> node.isNumber();
            case "boolean" -> node.isBoolean();
            default -> true;
        };
    }

    private void checkMembers(JsonNode schema, Element value) {
        checkRequired(schema, value);
        JsonNode known = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || schema.has("oneOf") && !schema.has("type");
        for (Element member : value.members()) {
            JsonNode its = known.path(member.name());
            if (!its.isMissingNode()) {
                check(its, member);
            } else if (others.isObject()) {
                check(others, member);
            } else if (!open && !others.asBoolean()) {
                Set<String> names = new TreeSet<>();
                known.fieldNames().forEachRemaining(names::add);
                member.refuse("is not known there", NearNames.of(member.name(), names));
            }
        }
        checkCount(schema, value, "Properties", "members");
    }

    private static void checkRequired(JsonNode schema, Element value) {
        for (JsonNode required : schema.path("required")) {
            Element missing = value.at(required.asText());
            if (!missing.exists()) {
                String type = schema.path("properties")
                        .path(required.asText())
                        .path("type")
                        .asText();
                missing.refuse("is missing", TYPES.getOrDefault(type, "a mapping"));
            }
        }
    }

    private void checkItems(JsonNode schema, Element value) {
        List<Element> items = value.items();
        JsonNode its = schema.path("items");
        if (its.isObject()) {
            items.forEach(item -> check(its, item));
        }
        checkCount(schema, value, "Items", "items");
        String list = schema.path("x-kubernetes-list-type").asText();
        if (list.equals("map")
                || list.equals("set")
                || schema.path("uniqueItems").asBoolean()) {
            Map<Object, Integer> seen = new HashMap<>();
            for (int i = 0; i < items.size(); i++) {
                Integer before = seen.putIfAbsent(key(schema, items.get(i)), i);
                if (before != null) {
                    items.get(i).refuse("is the same as item " + before, "each of them once" + by(schema));
                }
            }
        }
    }

    private static Object key(JsonNode schema, Element item) {
        List<JsonNode> key = new ArrayList<>();
        JsonNode properties = schema.path("items").path("properties");
        schema.path("x-kubernetes-list-map-keys").forEach(name -> {
            JsonNode given = item.node().path(name.asText());
            key.add(given.isMissingNode() ? properties.path(name.asText()).path("default") : given);
        });
        return key.isEmpty() ? item.node() : key;
    }

    private static String by(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(name -> names.add(name.asText()));
        return names.isEmpty() ? "" : ", told apart by " + String.join(" and ", names);
    }

    private static void checkCount(JsonNode schema, Element value, String of, String what) {
        int count = value.node().size();
        int most = schema.path("max" + of).asInt(Integer.MAX_VALUE);
        int least = schema.path("min" + of).asInt(0);
        if (count > most) {
            value.refuse("has " + count + " " + what, "at most " + most);
        } else if (count < least) {
            value.refuse(count == 0 ? "is empty" : "has " + count + " " + what, "at least " + least);
        }
    }

    private void checkLogic(JsonNode schema, Element value) {
        schema.path("allOf").forEach(each -> checkLogic(each, value));
        for (String word : List.of("oneOf", "anyOf")) {
            JsonNode branches = schema.path(word);
            long matching = 0;
            for (JsonNode branch : branches) {
                matching += matches(branch, value) ? 1 : 0;
            }
            if (branches.isArray() && (matching == 0 || matching > 1 && word.equals("oneOf"))) {
                refuseBranches(branches, value);
            }
        }
        if (schema.has("not") && matches(schema.get("not"), value)) {
            refuseBranches(schema.get("not"), value);
        }
    }

    private static void refuseBranches(JsonNode branches, Element value) {
        Set<String> names = new TreeSet<>();
        branches.findValues("required").forEach(required -> required.forEach(name -> names.add(name.asText())));
        List<String> present = names.stream().filter(value.node()::has).toList();
        value.refuse(
                present.isEmpty() ? "is " + value.described() : "has " + String.join(" and ", present),
                names.isEmpty()
                        ? "another form"
                        : (present.size() > 1 ? "only one of " : "one of ") + String.join(", ", names));
    }

    /** Whether a part of a schema holds that only says what else must be true of a value. */
    private boolean matches(JsonNode schema, Element value) {
        List<Refusal> refusals = new ArrayList<>();
        Element tried = value.tried(refusals);
        if (!isOf(schema.path("type").asText(), value.node())) {
            return false;
        }
        checkRequired(schema, tried);
        if (value.node().isValueNode()) {
            Scalar.check(schema, tried);
        }
        schema.path("properties").properties().forEach(member -> {
            Element its = tried.at(member.getKey());
            if (its.exists() && !matches(member.getValue(), its)) {
                its.refuse("is not of this form", "");
            }
        });
        checkLogic(schema, tried);
        return refusals.isEmpty();
    }
}
