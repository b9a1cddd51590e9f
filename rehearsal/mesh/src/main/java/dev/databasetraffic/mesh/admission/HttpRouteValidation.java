package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Set;

/** What istiod's webhook says of an HTTP route: {@code validateHTTPRoute}. */
final class HttpRouteValidation {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");
    private static final int MAX_BODY = 1 << 20;

    private HttpRouteValidation() {}

    static void check(Element route, boolean delegate, boolean toGateways) {
        checkParts(route, delegate);
        for (Element match : route.at("match").items()) {
            HttpMatchValidation.checkMatch(match, toGateways);
        }
        HttpMatchValidation.checkHeaders(route.at("headers"));
        for (Element destination : route.at("route").items()) {
            HttpMatchValidation.checkHeaders(destination.at("headers"));
        }
        CommonValidation.checkDestinations(route.at("route"));
        CommonValidation.checkDuration(route.at("timeout"));
        checkMirrors(route);
        checkCors(route.at("corsPolicy"));
        checkFault(route.at("fault"));
        checkRedirect(route.at("redirect"), route.at("match").items());
        checkRewrite(route.at("rewrite"));
        checkResponse(route.at("directResponse"));
        RetryValidation.check(route.at("retries"));
    }

    private static void checkParts(Element route, boolean delegate) {
        if (route.at("delegate").exists() && !delegate) {
            refuseBoth(route, "delegate", "route", "redirect");
            return;
        }
        if (route.at("delegate").exists()) {
            route.at("delegate").refuse("is set in a rule that has no hosts, and so is delegated to itself", "a route");
        }
        if (route.at("redirect").exists()) {
            refuseBoth(route, "redirect", "route", "fault", "rewrite", "directResponse");
        } else if (route.at("directResponse").exists()) {
            refuseBoth(route, "directResponse", "route", "fault", "rewrite");
        } else if (route.at("route").isEmpty()) {
            route.refuse("says not where to go", "route, redirect or directResponse");
        }
        if (route.at("mirror").exists()) {
            refuseBoth(route, "mirror", "mirrors");
        }
    }

    private static void refuseBoth(Element route, String one, String... others) {
        for (String other : others) {
            if (!route.at(other).isEmpty()) {
                route.at(other).refuse("is set beside " + one, "one of the two");
            }
        }
    }

    private static void checkMirrors(Element route) {
        CommonValidation.checkDestination(route.at("mirror"));
        checkPercent(route.at("mirrorPercentage").at("value"), 0);
        for (Element mirror : route.at("mirrors").items()) {
            if (!mirror.at("destination").exists()) {
                mirror.at("destination").refuse("is missing", "a mapping with the host");
            }
            CommonValidation.checkDestination(mirror.at("destination"));
            checkPercent(mirror.at("percentage").at("value"), 0);
        }
    }

    private static void checkPercent(Element percent, double least) {
        double value = percent.number();
        if (value < 0 || value > 100 || value > 0 && value < least) {
            percent.refuse("is " + percent.text(), "0 to 100");
        }
    }

    private static void checkCors(Element policy) {
        for (Element method : policy.at("allowMethods").items()) {
            if (!METHODS.contains(method.text())) {
                method.refuse("is " + method.described(), NearNames.of(method.text(), METHODS));
            }
        }
        for (String headers : List.of("allowHeaders", "exposeHeaders")) {
            for (Element header : policy.at(headers).items()) {
                if (!HttpMatchValidation.HEADER.matcher(header.text()).matches()) {
                    header.refuse("is " + header.described(), "the name of a header, or \"*\"");
                }
            }
        }
        CommonValidation.checkDuration(policy.at("maxAge"));
    }

    private static void checkFault(Element fault) {
        if (!fault.exists()) {
            return;
        }
        Element abort = fault.at("abort");
        Element delay = fault.at("delay");
        if (!abort.exists() && !delay.exists()) {
            fault.refuse("has neither abort nor delay", "one of the two at least");
        }
        checkPercent(abort.at("percentage").at("value"), 0.0001);
        checkPercent(delay.at("percentage").at("value"), 0.0001);
        checkStatus(abort.at("httpStatus"));
        CommonValidation.checkDuration(delay.at("fixedDelay"));
        for (Element unsupported : List.of(abort.at("http2Error"), delay.at("exponentialDelay"))) {
            if (unsupported.exists()) {
                unsupported.refuse("is not supported by Istio", "httpStatus or grpcStatus, or fixedDelay");
            }
        }
    }

    private static void checkStatus(Element status) {
        if (status.exists() && (status.number() < 200 || status.number() > 600)) {
            status.refuse("is " + status.text(), "200 to 599");
        }
    }

    private static void checkRedirect(Element redirect, List<Element> matches) {
        if (!redirect.exists()) {
            return;
        }
        Element prefix = redirect.at("prefixRewrite");
        if (!prefix.isEmpty()) {
            refuseBoth(redirect, "prefixRewrite", "uri");
            matches.stream()
                    .filter(match -> match.at("uri").exists()
                            && !match.at("uri").at("prefix").exists())
                    .findFirst()
                    .ifPresent(
                            match -> match.at("uri").refuse("is no prefix, and the redirect rewrites one", "prefix"));
        }
        boolean changes = List.of("uri", "prefixRewrite", "authority", "scheme").stream()
                        .anyMatch(part -> !redirect.at(part).isEmpty())
                || redirect.at("port").exists()
                || redirect.at("derivePort").exists();
        if (!changes) {
            redirect.refuse("changes nothing", "uri, authority, scheme or port");
        }
        double code = redirect.at("redirectCode").number();
        if (code != 0 && (code < 300 || code > 399)) {
            redirect.at("redirectCode")
                    .refuse("is " + redirect.at("redirectCode").text(), "300 to 399");
        }
        if (!Set.of("", "http", "https").contains(redirect.at("scheme").text())) {
            redirect.at("scheme").refuse("is " + redirect.at("scheme").described(), "http or https");
        }
    }

    private static void checkRewrite(Element rewrite) {
        Element expression = rewrite.at("uriRegexRewrite");
        if (!rewrite.exists()) {
            return;
        }
        if (expression.exists()) {
            refuseBoth(rewrite, "uriRegexRewrite", "uri");
            if (expression.at("match").isEmpty() || expression.at("rewrite").isEmpty()) {
                expression.refuse("is not whole", "both match and rewrite");
            } else {
                HttpMatchValidation.checkExpression(expression.at("match"));
            }
        } else if (rewrite.at("uri").isEmpty() && rewrite.at("authority").isEmpty()) {
            rewrite.refuse("changes nothing", "uri, uriRegexRewrite or authority");
        }
    }

    private static void checkResponse(Element response) {
        if (response.exists()) {
            checkStatus(response.at("status"));
            if (response.at("body").at("string").text().length() > MAX_BODY) {
                response.at("body").refuse("is larger than 1 MiB", "less");
            }
        }
    }
}
