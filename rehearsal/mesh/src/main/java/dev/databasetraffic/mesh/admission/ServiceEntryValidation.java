package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What istiod's webhook says of a ServiceEntry: {@code ValidateServiceEntry}. */
final class ServiceEntryValidation {

    private final Element spec;
    private final String resolution;
    private final List<Element> hosts;
    private final List<Element> ports;
    private final List<Element> endpoints;
    private final Set<String> portNames = new HashSet<>();

    private ServiceEntryValidation(Element spec) {
        this.spec = spec;
        this.resolution = spec.at("resolution").text("NONE");
        this.hosts = spec.at("hosts").items();
        this.ports = spec.at("ports").items();
        this.endpoints = spec.at("endpoints").items();
    }

    static void check(Element resource, String namespace) {
        ServiceEntryValidation entry = new ServiceEntryValidation(resource.at("spec"));
        entry.checkHosts();
        entry.checkAddresses();
        entry.checkPorts();
        switch (entry.resolution) {
            case "STATIC" -> entry.endpoints.forEach(entry::checkStaticEndpoint);
            case "DNS", "DNS_ROUND_ROBIN" -> entry.checkDns();
            case "DYNAMIC_DNS" -> entry.checkDynamic(resource);
            default -> {
                if (!entry.endpoints.isEmpty()) {
                    entry.spec
                            .at("endpoints")
                            .refuse("is set, and resolution is NONE", "resolution STATIC or DNS, or no endpoints");
                }
            }
        }
        CommonValidation.checkSelector(entry.spec.at("workloadSelector").at("labels"));
        CommonValidation.checkExportTo(entry.spec.at("exportTo"), namespace, true);
    }

    /** A WorkloadEntry is what an endpoint is, and may have a name for its address. */
    static void checkWorkload(Element resource, String namespace) {
        Element endpoint = resource.at("spec");
        Element address = endpoint.at("address");
        if (address.isEmpty() ? endpoint.at("network").isEmpty() : !isAddressOrName(address)) {
            address.refuse(
                    address.isEmpty() ? "is missing" : "is " + address.described(), "an IP address or a DNS name");
        }
        for (Element port : endpoint.at("ports").members()) {
            CommonValidation.checkPort(port);
        }
        CommonValidation.checkLabels(endpoint.at("labels"));
    }

    private static boolean isAddressOrName(Element address) {
        return CommonValidation.isSocket(address)
                || Addresses.isAddress(address.text())
                || DnsNames.isName(address.text());
    }

    private void checkHosts() {
        if (hosts.isEmpty()) {
            spec.at("hosts").refuse("names no host", "at least one");
        }
        for (Element host : hosts) {
            if (host.text().equals("*")) {
                host.refuse("is \"*\"", "a host name, or one with a wildcard such as *.example.com");
            } else {
                DnsNames.checkNameOrWildcard(host);
            }
        }
        if (!resolution.equals("NONE") && hosts.size() > 1) {
            ports.stream()
                    .filter(port -> !ProtocolNames.isHttp(port.at("protocol").text())
                            && !ProtocolNames.isTls(port.at("protocol").text()))
                    .findFirst()
                    .ifPresent(port -> port.refuse(
                            "carries neither HTTP nor TLS, and so the entry's several hosts cannot be told apart on it",
                            "protocol TLS or HTTP, or one entry for each host"));
        }
    }

    private void checkAddresses() {
        for (Element address : spec.at("addresses").items()) {
            CommonValidation.checkAddressOrRange(address);
            if (address.text().contains("/") && !resolution.equals("NONE") && !resolution.equals("STATIC")) {
                address.refuse(
                        "is a range, and resolution is " + resolution,
                        "single addresses, or resolution NONE or STATIC");
            }
        }
    }

    private void checkPorts() {
        Set<Long> numbers = new HashSet<>();
        for (Element port : ports) {
            CommonValidation.checkPortName(port.at("name"));
            CommonValidation.checkProtocol(port.at("protocol"));
            CommonValidation.checkPort(port.at("number"));
            if (port.at("targetPort").number() != 0) {
                CommonValidation.checkPort(port.at("targetPort"));
            }
            if (!portNames.add(port.at("name").text())) {
                port.at("name").refuse("is the name of two ports", "each name once");
            }
            if (!numbers.add((long) port.at("number").number())) {
                port.at("number").refuse("is the number of two ports", "each number once");
            }
        }
    }

    private void checkStaticEndpoint(Element endpoint) {
        Element address = endpoint.at("address");
        if (address.isEmpty() && endpoint.at("network").isEmpty()) {
            address.refuse("is missing", "an IP address");
        } else if (CommonValidation.isSocket(address)) {
            CommonValidation.checkSocket(address);
            if (!endpoint.at("ports").isEmpty()) {
                endpoint.at("ports").refuse("is set, and the address is a socket", "no ports");
            } else if (portNames.size() != 1) {
                address.refuse("is a socket, and the entry has not one port but " + portNames.size(), "one port");
            }
        } else if (!address.isEmpty() && !Addresses.isAddress(address.text())) {
            address.refuse(
                    "is " + address.described() + ", and resolution is STATIC", "an IP address, or resolution DNS");
        }
        checkEndpointPorts(endpoint);
    }

    private void checkEndpointPorts(Element endpoint) {
        for (Element port : endpoint.at("ports").members()) {
            if (!portNames.contains(port.name())) {
                port.refuse("is the name of no port of the entry", NearNames.of(port.name(), portNames));
            }
            CommonValidation.checkPort(port);
        }
        CommonValidation.checkLabels(endpoint.at("labels"));
    }

    private void checkDns() {
        if (endpoints.isEmpty()) {
            hosts.stream()
                    .filter(host -> DnsNames.isNameOrWildcard(host.text()) && !DnsNames.isName(host.text()))
                    .findFirst()
                    .ifPresent(host -> host.refuse(
                            "is " + host.described() + ", which no DNS can look up, and resolution is " + resolution,
                            "a whole name, endpoints, or resolution NONE or DYNAMIC_DNS"));
        }
        if (resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
            spec.at("endpoints").refuse("has " + endpoints.size() + " items, and resolution is DNS_ROUND_ROBIN", "one");
        }
        for (Element endpoint : endpoints) {
            Element address = endpoint.at("address");
            if (!Addresses.isAddress(address.text()) && !DnsNames.isName(address.text())) {
                address.refuse("is " + address.described(), "an IP address or a DNS name");
            }
            checkEndpointPorts(endpoint);
        }
    }

    private void checkDynamic(Element resource) {
        for (Element host : hosts) {
            if (!DnsNames.isWildcard(host.text())) {
                host.refuse("is no wildcard, and resolution is DYNAMIC_DNS", "a wildcard, or resolution DNS");
            }
        }
        for (String name : List.of("addresses", "endpoints")) {
            if (!spec.at(name).isEmpty()) {
                spec.at(name).refuse("is set, and resolution is DYNAMIC_DNS", "none");
            }
        }
        for (Element port : ports) {
            if (!ProtocolNames.isDynamic(port.at("protocol").text())) {
                port.refuse(
                        "carries neither HTTP nor TLS, and resolution is DYNAMIC_DNS",
                        "protocol TLS, HTTP, HTTP2 or GRPC");
            }
        }
        String waypoint =
                resource.at("metadata").at("labels").at("istio.io/use-waypoint").text();
        boolean external = spec.at("location").text().isEmpty()
                || spec.at("location").text().equals("MESH_EXTERNAL");
        if (!external && !waypoint.isEmpty() && !waypoint.equalsIgnoreCase("none")) {
            spec.at("location").refuse("is MESH_INTERNAL, and a waypoint is to look the name up", "MESH_EXTERNAL");
        }
    }
}
