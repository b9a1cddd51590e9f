package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rules in CEL that schemas hold, each by its text. An interpreter of CEL would read any, but takes longer to start
 * than thousands of objects take to check; a test names the rules that stand here for each that is recorded.
 */
final class Rules {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern ONE_OF =
            Pattern.compile("\\(has\\(self\\.\\w+\\) \\? 1 : 0\\)( \\+ \\(has\\(self\\.\\w+\\) \\? 1 : 0\\))+ <= 1");
    private static final Pattern HAS = Pattern.compile("has\\(self\\.(\\w+)\\)");
    private static final Pattern ONLY_FOR =
            Pattern.compile("!\\((!?)has\\(self\\.(\\w+)\\) && self\\.type [!=]= ['\"](\\w+)['\"]\\)");
    private static final Pattern ONCE = Pattern.compile("self\\.filter\\(f, f\\.type == '(\\w+)'\\)\\.size\\(\\) <= 1");

    private static final Map<String, Optional<Predicate<JsonNode>>> READ = new ConcurrentHashMap<>();

    private Rules() {}

    /** Refuses a value that breaks one of the rules. */
    static void check(JsonNode rules, Element value) {
        for (JsonNode each : rules) {
            String text = each.path("rule").asText();
            boolean holds = READ.computeIfAbsent(text, unread -> Optional.ofNullable(read(unread)))
                    .map(rule -> rule.test(value.node()))
                    .orElse(true);
            if (!holds) {
                String message = each.path("message").asText(text);
                value.refuse("is " + value.described() + ", which breaks the rule \"" + message + "\"", "");
            }
        }
    }

    /** What a rule says; null if it is not held to here. */
    static @Nullable Predicate<JsonNode> read(String rule) {
        String text = BLANKS.matcher(rule.strip()).replaceAll(" ");
        if (ONE_OF.matcher(text).matches()) {
            List<String> names =
                    HAS.matcher(text).results().map(name -> name.group(1)).toList();
            return self -> names.stream().filter(self::has).count() <= 1;
        }
        Matcher onlyFor = ONLY_FOR.matcher(text);
        if (onlyFor.matches()) {
            boolean wanted = !onlyFor.group(1).isEmpty();
            return self -> self.has(onlyFor.group(2)) == wanted
                    || RulePredicates.text(self, "type").equals(onlyFor.group(3)) != wanted;
        }
        Matcher once = ONCE.matcher(text);
        if (once.matches()) {
            return self -> StreamSupport.stream(self.spliterator(), false)
                            .filter(filter ->
                                    RulePredicates.text(filter, "type").equals(once.group(1)))
                            .count()
                    <= 1;
        }
        if (text.startsWith("self.all(p1, self.exists_one(p2, p1.group == p2.group")) {
            return GatewayApiRules::areSectionsOfParentsDistinct;
        }
        if (text.startsWith("self.all(p1, self.all(p2, p1.group == p2.group")) {
            return GatewayApiRules::namesSectionsOfParents;
        }
        return IstioRules.BY_TEXT.getOrDefault(text, GatewayApiRules.BY_TEXT.get(text));
    }
}
