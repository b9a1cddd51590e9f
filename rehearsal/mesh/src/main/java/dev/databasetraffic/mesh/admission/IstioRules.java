package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules of Istio's custom resources. */
final class IstioRules {

    private static final Pattern PORT_NAME = Pattern.compile("[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?");

    static final Map<String, Predicate<JsonNode>> BY_TEXT = Map.ofEntries(
            rule("0 < self && self <= 65535", self -> isPort(self.asLong())),
            rule(
                    "self.all(key, 0 < int(key) && int(key) <= 65535)",
                    self -> RulePredicates.all(self, IstioRules::isPortNumber)),
            rule("self != \"*\"", self -> !self.asText().equals("*")),
            rule("self.size() == 0", self -> self.isTextual() ? self.asText().isEmpty() : self.isEmpty()),
            rule("!self.contains(\"*\")", self -> !self.asText().contains("*")),
            rule("self.all(key, !key.contains(\"*\"))", self -> RulePredicates.all(self, key -> !key.contains("*"))),
            rule("self.all(key, key.size() != 0)", self -> RulePredicates.all(self, key -> !key.isEmpty())),
            rule("duration(self) >= duration('1ms')", self -> nanos(self) >= 1_000_000),
            rule(
                    "self in [\"\", \"HTTP\", \"HTTPS\"]",
                    self -> RulePredicates.isAny(self.asText(), "", "HTTP", "HTTPS")),
            rule(
                    "self.all(l1, self.exists_one(l2, l1.number == l2.number))",
                    self -> RulePredicates.distinct(self, "number")),
            rule(
                    "self.all(l1, self.exists_one(l2, l1.name == l2.name))",
                    self -> RulePredicates.distinct(self, "name")),
            rule(
                    "self.all(t1, self.exists_one(t2, t1.port == t2.port))",
                    self -> RulePredicates.distinct(self, "port")),
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
                    self -> RulePredicates.all(
                            self,
                            key -> key.length() < 63 && PORT_NAME.matcher(key).matches())),
            rule(
                    "!((has(self.addresses) ? self.addresses : []).exists(k, k.contains(\"/\")) && !((has(self.resolution) ?"
                            + " self.resolution : \"NONE\") in [\"STATIC\", \"NONE\"]))",
                    self -> RulePredicates.isAny(resolution(self), "STATIC", "NONE")
                            || RulePredicates.all(self.path("addresses"), address -> !address.contains("/"))),
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
                    self -> !RulePredicates.text(self, "valueFrom").equals("HOST") || !self.has("value")),
            rule(
                    "((has(self.operation) ? self.operation : \"\") == \"UPSERT\") ? (self.value != \"\") : true",
                    self -> !RulePredicates.text(self, "operation").equals("UPSERT")
                            || !RulePredicates.text(self, "value").isEmpty()),
            rule(
                    "((has(self.operation) ? self.operation : \"\") == \"REMOVE\") ? !has(self.value) : true",
                    self -> !RulePredicates.text(self, "operation").equals("REMOVE") || !self.has("value")),
            rule(
                    "has(self.context) ? ((self.context == \"WAYPOINT\") ? has(self.waypoint) : !has(self.waypoint)) :"
                            + " !has(self.waypoint)",
                    self -> RulePredicates.text(self, "context").equals("WAYPOINT") == self.has("waypoint")),
            rule(
                    "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&"
                            + " !has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true",
                    self -> !hasAny(self, "serviceAccounts", "notServiceAccounts")
                            || !hasAny(self, "principals", "notPrincipals", "namespaces", "notNamespaces")),
            rule(
                    "url(self).getScheme() in [\"http\", \"https\"]",
                    self -> RulePredicates.isAny(scheme(self.asText()), "http", "https")),
            rule(
                    "isURL(self) ? (url(self).getScheme() in [\"\", \"http\", \"https\", \"oci\", \"file\"]) : (isURL(\"http://\" +"
                            + " self) && url(\"http://\" + self).getScheme() in [\"\", \"http\", \"https\", \"oci\", \"file\"])",
                    IstioRules::isWasmUrl),
            rule(
                    "isURL(self) ? (url(self).getScheme() in [\"\", \"http\", \"https\", \"file\", \"oci\"]) : (isURL(\"http://\" +"
                            + " self) && url(\"http://\" + self).getScheme() in [\"\", \"http\", \"https\", \"file\", \"oci\"])",
                    IstioRules::isWasmUrl));

    private IstioRules() {}

    private static Map.Entry<String, Predicate<JsonNode>> rule(String text, Predicate<JsonNode> holds) {
        return Map.entry(text, holds);
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

    private static boolean isWasmUrl(JsonNode self) {
        String text = self.asText();
        return RulePredicates.isAny(
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

    private static boolean hasAny(JsonNode self, String... members) {
        return Arrays.stream(members).anyMatch(self::has);
    }
}
