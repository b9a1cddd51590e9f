package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What istiod's webhook says of the requests that an HTTP route matches, and of changes to headers. */
final class HttpMatchValidation {

    static final Pattern HEADER = Pattern.compile("[-!#$%&'*+.^_`|~A-Za-z0-9]+");
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path", ":status");
    private static final Pattern CLAIM = Pattern.compile("@request\\.auth\\.claims[.\\[].*");
    private static final int MAX_EXPRESSION = 1024;

    private HttpMatchValidation() {}

    static void checkMatch(Element match, boolean toGateways) {
        for (String headers : List.of("headers", "withoutHeaders")) {
            for (Element header : match.at(headers).members()) {
                String name = header.name();
                boolean claim = CLAIM.matcher(name).matches();
                if (claim && !toGateways) {
                    header.refuse("reads a claim of a token, and the rule is for sidecars", "a rule for gateways");
                } else if (!claim
                        && !PSEUDO.contains(name)
                        && !HEADER.matcher(name).matches()) {
                    header.refuse("is no name of a header", "letters, digits and -");
                }
                boolean present = headers.equals("withoutHeaders")
                        && header.at("regex").text().equals("*");
                if (!present) {
                    checkString(header, true);
                }
            }
        }
        checkString(match.at("uri"), false);
        for (String part : List.of("scheme", "method", "authority")) {
            checkString(match.at(part), true);
        }
        match.at("queryParams").members().forEach(parameter -> checkString(parameter, true));
        if (match.at("port").number() != 0) {
            CommonValidation.checkPort(match.at("port"));
        }
        CommonValidation.checkLabels(match.at("sourceLabels"));
        CommonValidation.checkGatewayNames(match.at("gateways"));
        Element namespace = match.at("sourceNamespace");
        if (!namespace.isEmpty() && !DnsNames.isLabel(namespace.text())) {
            namespace.refuse("is " + namespace.described(), "the name of a namespace");
        }
    }

    private static void checkString(Element match, boolean prefix) {
        if (prefix && match.at("prefix").exists() && match.at("prefix").isEmpty()) {
            match.at("prefix").refuse("is empty", "the beginning of the text");
        }
        if (match.at("regex").exists()) {
            checkExpression(match.at("regex"));
        }
    }

    static void checkHeaders(Element headers) {
        for (String direction : List.of("request", "response")) {
            Element changes = headers.at(direction);
            for (String change : List.of("add", "set")) {
                changes.at(change)
                        .members()
                        .forEach(header -> checkHeader(header, header.name(), direction.equals("request")));
            }
            changes.at("remove").items().forEach(header -> checkHeader(header, header.text(), false));
        }
    }

    private static void checkHeader(Element header, String name, boolean authorityToo) {
        boolean authority = name.equalsIgnoreCase("host") || name.equalsIgnoreCase(":authority");
        if (name.isEmpty() || (name.startsWith(":") || authority) && !(authority && authorityToo)) {
            header.refuse(name.isEmpty() ? "has no name" : "is a header that cannot be changed here", "another header");
        }
    }

    static void checkExpression(Element expression) {
        if (expression.isEmpty() || expression.text().length() > MAX_EXPRESSION) {
            expression.refuse(
                    expression.isEmpty() ? "is empty" : "is too long", "1 to " + MAX_EXPRESSION + " characters");
        }
    }
}
