package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the Gateway API's custom resources that route connections. */
final class GatewayApiRules {

    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    static final Map<String, Predicate<JsonNode>> BY_TEXT = Map.ofEntries(
            rule(
                    "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
                    self -> !(RulePredicates.text(self, "group").isEmpty()
                                    && self.path("kind").asText("Service").equals("Service"))
                            || self.has("port")),
            rule(
                    "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
                    self -> RulePredicates.each(
                            self,
                            l -> !RulePredicates.isAny(RulePredicates.text(l, "protocol"), "HTTP", "TCP", "UDP")
                                    || !l.has("tls"))),
            rule(
                    "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
                    self -> RulePredicates.each(
                            self,
                            l -> !RulePredicates.text(l, "protocol").equals("HTTPS") || isTerminating(l.path("tls")))),
            rule(
                    "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
                    self -> RulePredicates.each(
                            self, l -> !RulePredicates.text(l, "protocol").equals("TLS") || l.has("tls"))),
            rule(
                    "self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') : true)",
                    self -> RulePredicates.each(
                            self,
                            l -> !RulePredicates.isAny(RulePredicates.text(l, "protocol"), "TCP", "UDP")
                                    || RulePredicates.text(l, "hostname").isEmpty())),
            rule(
                    "self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname)"
                            + " && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))",
                    self -> RulePredicates.distinct(self, "port", "protocol", "hostname")),
            rule(
                    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
                    self -> !isTerminating(self)
                            || !self.path("certificateRefs").isEmpty()
                            || !self.path("options").isEmpty()),
            rule("self.all(h, !isIP(h))", self -> RulePredicates.all(self, host -> !Addresses.isAddress(host))),
            rule(
                    "self.all(h, !h.contains('*') ? h.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$') : true)",
                    self -> RulePredicates.all(
                            self,
                            host -> host.contains("*") || DNS_NAME.matcher(host).matches())),
            rule(
                    "self.all(h, h.contains('*') ? (h.startsWith('*.') && h.substring(2).matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$')) : true)",
                    self -> RulePredicates.all(
                            self,
                            host -> !host.contains("*")
                                    || host.startsWith("*.")
                                            && DNS_NAME.matcher(host.substring(2))
                                                    .matches())));

    private GatewayApiRules() {}

    private static Map.Entry<String, Predicate<JsonNode>> rule(String text, Predicate<JsonNode> holds) {
        return Map.entry(text, holds);
    }

    private static String parent(JsonNode reference) {
        return Stream.of("group", "kind", "namespace", "name")
                .map(member -> RulePredicates.text(reference, member))
                .collect(Collectors.joining("/"));
    }

    static boolean areSectionsOfParentsDistinct(JsonNode self) {
        Set<List<String>> seen = new HashSet<>();
        return RulePredicates.each(
                self, reference -> seen.add(List.of(parent(reference), RulePredicates.text(reference, "sectionName"))));
    }

    /** Whether several references to one parent name a section of it each, or none does. */
    static boolean namesSectionsOfParents(JsonNode self) {
        Map<String, Boolean> named = new HashMap<>();
        return RulePredicates.each(self, reference -> {
            boolean names = !RulePredicates.text(reference, "sectionName").isEmpty();
            return named.merge(parent(reference), names, (before, now) -> before) == names;
        });
    }

    private static boolean isTerminating(JsonNode tls) {
        return RulePredicates.isAny(tls.path("mode").asText("Terminate"), "", "Terminate");
    }
}
