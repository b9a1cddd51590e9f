package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Locale;

/** What istiod's webhook says of a VirtualService: {@code ValidateVirtualService}. */
final class VirtualServiceValidation {

    private final Element spec;
    private final List<Element> hosts;
    private final boolean toGateways;
    private final boolean serverNames;

    private VirtualServiceValidation(Element spec) {
        this.spec = spec;
        this.hosts = spec.at("hosts").items();
        List<Element> gateways = spec.at("gateways").items();
        this.toGateways = !gateways.isEmpty()
                && gateways.stream().noneMatch(gateway -> gateway.text().equals("mesh"));
        this.serverNames = spec.at("tls").items().stream()
                .flatMap(route -> route.at("match").items().stream())
                .anyMatch(match -> !match.at("sniHosts").isEmpty());
    }

    static void check(Element resource, String namespace) {
        VirtualServiceValidation service = new VirtualServiceValidation(resource.at("spec"));
        service.checkParts();
        service.checkHosts();
        CommonValidation.checkGatewayNames(service.spec.at("gateways"));
        boolean delegate = service.hosts.isEmpty();
        for (Element route : service.spec.at("http").items()) {
            HttpRouteValidation.check(route, delegate, service.toGateways);
        }
        service.spec.at("tls").items().forEach(service::checkTlsRoute);
        service.spec.at("tcp").items().forEach(VirtualServiceValidation::checkTcpRoute);
        CommonValidation.checkExportTo(service.spec.at("exportTo"), namespace, false);
    }

    private void checkParts() {
        if (hosts.isEmpty()) {
            for (String part : List.of("gateways", "tls", "tcp")) {
                if (!spec.at(part).isEmpty()) {
                    spec.at(part)
                            .refuse(
                                    "is set, and there are no hosts",
                                    "hosts; without them only http is taken, from another"
                                            + " VirtualService that delegates to this one");
                }
            }
        }
        if (spec.at("http").isEmpty()
                && spec.at("tls").isEmpty()
                && spec.at("tcp").isEmpty()) {
            spec.refuse("has no route", "http, tls or tcp");
        }
    }

    private void checkHosts() {
        boolean valid = true;
        for (Element host : hosts) {
            String name = host.text();
            boolean address = Addresses.isAddress(name);
            if (!address) {
                DnsNames.checkServerNameOrWildcard(host, toGateways && serverNames);
                valid &= DnsNames.isNameOrWildcard(name);
            }
            if (name.equals("*") && !toGateways) {
                host.refuse(
                        "is \"*\", and the rule is for sidecars", "the hosts themselves; \"*\" is for gateways alone");
                valid = false;
            }
        }
        for (int i = 0; valid && i < hosts.size(); i++) {
            for (int j = i + 1; j < hosts.size(); j++) {
                if (DnsNames.overlap(hosts.get(i).text(), hosts.get(j).text())) {
                    hosts.get(j)
                            .refuse(
                                    "is " + hosts.get(j).described() + ", and "
                                            + hosts.get(i).text() + " is there already",
                                    "hosts that do not cover each other");
                }
            }
        }
    }

    private void checkTlsRoute(Element route) {
        if (route.at("match").isEmpty()) {
            route.at("match").refuse("is missing", "a list with at least one item that has sniHosts");
        }
        for (Element match : route.at("match").items()) {
            if (match.at("sniHosts").isEmpty()) {
                match.at("sniHosts").refuse("is missing", "the server names that the route is for");
            }
            match.at("sniHosts").items().forEach(this::checkServerName);
            checkMatch(match);
        }
        checkRoute(route);
    }

    private void checkServerName(Element name) {
        boolean generated = spec.at("gateways").items().stream()
                .noneMatch(gateway -> gateway.text().equals("mesh"));
        if (Addresses.isAddress(name.text())) {
            return;
        }
        DnsNames.checkServerNameOrWildcard(name, generated);
        boolean covered = hosts.stream().anyMatch(host -> DnsNames.covers(host.text(), name.text()));
        if (!covered && DnsNames.isNameOrWildcard(name.text())) {
            boolean inOtherCase =
                    hosts.stream().anyMatch(host -> DnsNames.covers(lowerCase(host.text()), lowerCase(name.text())));
            name.refuse(
                    "is " + name.described() + ", which none of the rule's hosts covers"
                            + (inOtherCase ? " as they are written: capitals count" : ""),
                    hosts.isEmpty()
                            ? "hosts that have it: a rule without hosts is a delegate, which may have http routes alone"
                            : "one of "
                                    + String.join(
                                            ", ",
                                            hosts.stream().map(Element::text).toList())
                                    + ", or that name among the hosts");
        }
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void checkTcpRoute(Element route) {
        route.at("match").items().forEach(VirtualServiceValidation::checkMatch);
        checkRoute(route);
    }

    private static void checkMatch(Element match) {
        match.at("destinationSubnets").items().forEach(CommonValidation::checkAddressOrRange);
        if (match.at("port").number() != 0) {
            CommonValidation.checkPort(match.at("port"));
        }
        CommonValidation.checkLabels(match.at("sourceLabels"));
        CommonValidation.checkGatewayNames(match.at("gateways"));
    }

    private static void checkRoute(Element route) {
        if (route.at("route").isEmpty()) {
            route.at("route").refuse("is missing", "a list with the destination");
        }
        CommonValidation.checkDestinations(route.at("route"));
    }
}
