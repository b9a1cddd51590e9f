package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final Pattern PORT_NAME = Pattern.compile("[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Map<String, Predicate<JsonNode>> RULES = Map.ofEntries(
            rule("0 < self && self <= 65535", self -> isPort(self.asLong())),
            rule("self.all(key, 0 < int(key) && int(key) <= 65535)", self -> all(self, Rules::isPortNumber)),
            rule("self != \"*\"", self -> !self.asText().equals("*")),
            rule("self.size() == 0", self -> self.isTextual() ? self.asText().isEmpty() : self.isEmpty()),
            rule("!self.contains(\"*\")", self -> !self.asText().contains("*")),
            rule("self.all(key, !key.contains(\"*\"))", self -> all(self, key -> !key.contains("*"))),
            rule("self.all(key, key.size() != 0)", self -> all(self, key -> !key.isEmpty())),
            rule("duration(self) >= duration('1ms')", self -> nanos(self) >= 1_000_000),
            rule("self in [\"\", \"HTTP\", \"HTTPS\"]", self -> isAny(self.asText(), "", "HTTP", "HTTPS")),
            rule("self.all(l1, self.exists_one(l2, l1.number == l2.number))", self -> distinct(self, "number")),
            rule("self.all(l1, self.exists_one(l2, l1.name == l2.name))", self -> distinct(self, "name")),
            rule("self.all(t1, self.exists_one(t2, t1.port == t2.port))", self -> distinct(self, "port")),
            rule(
                    "self.startsWith(\"unix://\") ? (self.substring(7, 8) == \"/\" || self.substring(7, 8) == \"@\") : true",
                    self -> !isSocket(self) || self.asText().matches("(?s)unix://[/@].*")),
            rule(
                    "self.startsWith(\"unix://\") ? !self.endsWith(\"/\") : true",
                    self -> !isSocket(self) || !self.asText().endsWith("/")),
            rule(
                    "(has(self.address) ? self.address : \"\").startsWith(\"unix://\") ? !has(self.ports) : true",
                    self -> !isSocket(self.path("address")) || !self.has("ports")),
            rule("has(self.address) || has(self.network)", self -> self.has("address") || self.has("network")),
            rule(
                    "self.all(key, size(key) < 63 && key.matches(\"^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$\"))",
                    self -> all(
                            self,
                            key -> key.length() < 63 && PORT_NAME.matcher(key).matches())),
            rule(
                    "!((has(self.addresses) ? self.addresses : []).exists(k, k.contains(\"/\")) && !((has(self.resolution) ?"
                            + " self.resolution : \"NONE\") in [\"STATIC\", \"NONE\"]))",
                    self -> isAny(resolution(self), "STATIC", "NONE")
                            || all(self.path("addresses"), address -> !address.contains("/"))),
            rule(
                    "((has(self.resolution) ? self.resolution : \"NONE\") == \"NONE\") ? !has(self.endpoints) : true",
                    self -> !resolution(self).equals("NONE") || !self.has("endpoints")),
            rule(
                    "((has(self.resolution) ? self.resolution : \"\") == \"DNS_ROUND_ROBIN\") ? ((has(self.endpoints) ?"
                            + " self.endpoints : []).size() <= 1) : true",
                    self -> !resolution(self).equals("DNS_ROUND_ROBIN")
                            || self.path("endpoints").size() <= 1),
            rule(
                    "has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ?"
                            + " self.selector.matchLabels : {}).size() > 0) : true",
                    self -> !self.has("portLevelMtls")
                            || !self.path("selector").path("matchLabels").isEmpty()),
            rule("has(self.wasm) != has(self.lua)", self -> self.has("wasm") != self.has("lua")),
            rule(
                    "(has(self.valueFrom) ? self.valueFrom : \"\") != \"HOST\" || !has(self.value)",
                    self -> !text(self, "valueFrom").equals("HOST") || !self.has("value")),
            rule(
                    "((has(self.operation) ? self.operation : \"\") == \"UPSERT\") ? (self.value != \"\") : true",
                    self -> !text(self, "operation").equals("UPSERT")
                            || !text(self, "value").isEmpty()),
            rule(
                    "((has(self.operation) ? self.operation : \"\") == \"REMOVE\") ? !has(self.value) : true",
                    self -> !text(self, "operation").equals("REMOVE") || !self.has("value")),
            rule(
                    "has(self.context) ? ((self.context == \"WAYPOINT\") ? has(self.waypoint) : !has(self.waypoint)) :"
                            + " !has(self.waypoint)",
                    self -> text(self, "context").equals("WAYPOINT") == self.has("waypoint")),
            rule(
                    "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&"
                            + " !has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true",
                    self -> !hasAny(self, "serviceAccounts", "notServiceAccounts")
                            || !hasAny(self, "principals", "notPrincipals", "namespaces", "notNamespaces")),
            rule(
                    "url(self).getScheme() in [\"http\", \"https\"]",
                    self -> isAny(scheme(self.asText()), "http", "https")),
            rule(
                    "isURL(self) ? (url(self).getScheme() in [\"\", \"http\", \"https\", \"oci\", \"file\"]) : (isURL(\"http://\" +"
                            + " self) && url(\"http://\" + self).getScheme() in [\"\", \"http\", \"https\", \"oci\", \"file\"])",
                    Rules::isWasmUrl),
            rule(
                    "isURL(self) ? (url(self).getScheme() in [\"\", \"http\", \"https\", \"file\", \"oci\"]) : (isURL(\"http://\" +"
                            + " self) && url(\"http://\" + self).getScheme() in [\"\", \"http\", \"https\", \"file\", \"oci\"])",
                    Rules::isWasmUrl),
            rule(
                    "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
                    self -> !(text(self, "group").isEmpty()
                                    && self.path("kind").asText("Service").equals("Service"))
                            || self.has("port")),
            rule(
                    "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
                    self -> each(self, l -> !isAny(text(l, "protocol"), "HTTP", "TCP", "UDP") || !l.has("tls"))),
            rule(
                    "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
                    self -> each(self, l -> !text(l, "protocol").equals("HTTPS") || isTerminating(l.path("tls")))),
            rule(
                    "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
                    self -> each(self, l -> !text(l, "protocol").equals("TLS") || l.has("tls"))),
            rule(
                    "self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') : true)",
                    self -> each(
                            self,
                            l -> !isAny(text(l, "protocol"), "TCP", "UDP")
                                    || text(l, "hostname").isEmpty())),
            rule(
                    "self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname)"
                            + " && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))",
                    self -> distinct(self, "port", "protocol", "hostname")),
            rule(
                    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
                    self -> !isTerminating(self)
                            || !self.path("certificateRefs").isEmpty()
                            || !self.path("options").isEmpty()),
            rule("self.all(h, !isIP(h))", self -> all(self, host -> !Addresses.isAddress(host))),
            rule(
                    "self.all(h, !h.contains('*') ? h.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$') : true)",
                    self -> all(
                            self,
                            host -> host.contains("*") || DNS_NAME.matcher(host).matches())),
            rule(
                    "self.all(h, h.contains('*') ? (h.startsWith('*.') && h.substring(2).matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$')) : true)",
                    self -> all(
                            self,
                            host -> !host.contains("*")
                                    || host.startsWith("*.")
                                            && DNS_NAME.matcher(host.substring(2))
                                                    .matches())));

    private static final Map<String, Optional<Predicate<JsonNode>>> READ = new ConcurrentHashMap<>();

    private Rules() {}

    private static Map.Entry<String, Predicate<JsonNode>> rule(String text, Predicate<JsonNode> holds) {
        return Map.entry(text, holds);
    }

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
            return self ->
                    self.has(onlyFor.group(2)) == wanted || text(self, "type").equals(onlyFor.group(3)) != wanted;
        }
        Matcher once = ONCE.matcher(text);
        if (once.matches()) {
            return self -> StreamSupport.stream(self.spliterator(), false)
                            .filter(filter -> text(filter, "type").equals(once.group(1)))
                            .count()
                    <= 1;
        }
        if (text.startsWith("self.all(p1, self.exists_one(p2, p1.group == p2.group")) {
            return Rules::areSectionsOfParentsDistinct;
        }
        if (text.startsWith("self.all(p1, self.all(p2, p1.group == p2.group")) {
            return Rules::namesSectionsOfParents;
        }
        return RULES.get(text);
    }

    private static String parent(JsonNode reference) {
        return Stream.of("group", "kind", "namespace", "name")
                .map(member -> text(reference, member))
                .collect(Collectors.joining("/"));
    }

    private static boolean areSectionsOfParentsDistinct(JsonNode self) {
        Set<List<String>> seen = new HashSet<>();
        return each(self, reference -> seen.add(List.of(parent(reference), text(reference, "sectionName"))));
    }

    /** Whether several references to one parent name a section of it each, or none does. */
    private static boolean namesSectionsOfParents(JsonNode self) {
        Map<String, Boolean> named = new HashMap<>();
        return each(self, reference -> {
            boolean names = !text(reference, "sectionName").isEmpty();
            return named.merge(parent(reference), names, (before, now) -> before) == names;
        });
    }

    private static boolean isPort(long number) {
        return 0 < number && number <= 65535;
    }

    private static boolean isPortNumber(String text) {
        return text.matches("-?[0-9]{1,9}") && isPort(Long.parseLong(text));
    }

    /** A length of time in nanoseconds; below zero where there is none. */
    private static long nanos(JsonNode self) {
        return Durations.nanos(self.asText()).orElse(-1L);
    }

    private static boolean isSocket(JsonNode self) {
        return self.asText().startsWith("unix://");
    }

    private static String resolution(JsonNode self) {
        return self.path("resolution").asText("NONE");
    }

    private static boolean isTerminating(JsonNode tls) {
        return isAny(tls.path("mode").asText("Terminate"), "", "Terminate");
    }

    private static String text(JsonNode self, String member) {
        return self.path(member).asText("");
    }

    private static boolean isAny(String text, String... texts) {
        return Arrays.asList(texts).contains(text);
    }

    private static boolean hasAny(JsonNode self, String... members) {
        return Arrays.stream(members).anyMatch(self::has);
    }

    /** Whether something is true of each name of a mapping or each text of a list. */
    private static boolean all(JsonNode self, Predicate<String> is) {
        List<String> texts = new ArrayList<>();
        if (self.isObject()) {
            self.fieldNames().forEachRemaining(texts::add);
        } else {
            self.forEach(item -> texts.add(item.asText()));
        }
        return texts.stream().allMatch(is);
    }

    private static boolean each(JsonNode self, Predicate<JsonNode> is) {
        return StreamSupport.stream(self.spliterator(), false).allMatch(is);
    }

    private static boolean distinct(JsonNode self, String... members) {
        Set<List<JsonNode>> seen = new HashSet<>();
        return each(
                self, item -> seen.add(Arrays.stream(members).map(item::path).collect(Collectors.toList())));
    }

    private static boolean isWasmUrl(JsonNode self) {
        String text = self.asText();
        return isAny(
                scheme(text).isEmpty() && !text.startsWith("/") ? scheme("http://" + text) : scheme(text),
                "",
                "http",
                "https",
                "file",
                "oci");
    }

    /** The scheme of an absolute address; empty if there is none, "none" if it is no address. */
    private static String scheme(String url) {
        try {
            String scheme = new URI(url).getScheme();
            return scheme == null ? "" : scheme;
        } catch (URISyntaxException e) {
            return "none";
        }
    }
}
