package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Of what rules are made. */
final class RulePredicates {

    private RulePredicates() {}

    static String text(JsonNode self, String member) {
        return self.path(member).asText("");
    }

    static boolean isAny(String text, String... texts) {
        return Arrays.asList(texts).contains(text);
    }

    /** Whether something is true of each name of a mapping or each text of a list. */
    static boolean all(JsonNode self, Predicate<String> is) {
        List<String> texts = new ArrayList<>();
        if (self.isObject()) {
            self.fieldNames().forEachRemaining(texts::add);
        } else {
            self.forEach(item -> texts.add(item.asText()));
        }
        return texts.stream().allMatch(is);
    }

    static boolean each(JsonNode self, Predicate<JsonNode> is) {
        return StreamSupport.stream(self.spliterator(), false).allMatch(is);
    }

    static boolean distinct(JsonNode self, String... members) {
        Set<List<JsonNode>> seen = new HashSet<>();
        return each(
                self, item -> seen.add(Arrays.stream(members).map(item::path).collect(Collectors.toList())));
    }
}
