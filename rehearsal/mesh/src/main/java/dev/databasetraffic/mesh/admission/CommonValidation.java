package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What several kinds of Istio's have in common. */
final class CommonValidation {

    private static final String NAME = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
    private static final Pattern KEY = Pattern.compile(
            "([a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*/)?(?=.{1,63}$)"
                    + NAME);

    private CommonValidation() {}

    static void checkPort(Element port) {
        double number = port.number();
        if (number < 1 || number > 65535) {
            port.refuse(port.exists() ? "is " + port.text() : "is missing", "a port from 1 to 65535");
        }
    }

    static void checkPortName(Element name) {
        if (!DnsNames.isLabel(name.text())) {
            name.refuse(name.isEmpty() ? "is missing" : "is " + name.described(), DnsNames.LABEL_FORM);
        }
    }

    static void checkProtocol(Element protocol) {
        if (!protocol.isEmpty() && !ProtocolNames.isKnown(protocol.text())) {
            protocol.refuse("is " + protocol.described(), ProtocolNames.NAMES);
        }
    }

    static void checkDuration(Element duration) {
        if (duration.exists()) {
            long nanos = Durations.nanos(duration.text()).orElse(-1L);
            if (nanos < 1_000_000 || nanos % 1_000_000 != 0) {
                duration.refuse("is " + duration.described(), "at least 1ms, in whole milliseconds");
            }
        }
    }

    static void checkLabels(Element labels) {
        for (Element label : labels.members()) {
            if (!KEY.matcher(label.name()).matches()) {
                label.refuse(
                        "is no name of a label", "letters, digits, -, _ and ., with a DNS name and / before it or not");
            } else if (!VALUE.matcher(label.text()).matches()) {
                label.refuse("is " + label.described(), "letters, digits, -, _ and .");
            }
        }
    }

    static void checkAddress(Element address) {
        if (!Addresses.isAddress(address.text())) {
            address.refuse("is " + address.described(), "an IP address");
        }
    }

    static void checkAddressOrRange(Element address) {
        if (!Addresses.isAddressOrRange(address.text())) {
            address.refuse("is " + address.described(), "an IP address or a range such as 10.0.0.0/8");
        }
    }

    /** The path of a unix domain socket, without {@code unix://}. */
    static void checkSocket(Element address) {
        String path = address.text().substring("unix://".length());
        if (!path.startsWith("@") && (!path.startsWith("/") || path.endsWith("/"))) {
            address.refuse("is " + address.described(), "unix:// and the absolute path of a socket");
        }
    }

    static boolean isSocket(Element address) {
        return address.text().startsWith("unix://");
    }

    static void checkExportTo(Element exportTo, String namespace, boolean none) {
        Set<String> seen = new HashSet<>();
        for (Element each : exportTo.items()) {
            String text = each.text();
            boolean special = text.equals(".") || text.equals("*") || none && text.equals("~");
            if (!special && !DnsNames.isLabel(text)) {
                each.refuse(
                        "is " + each.described(),
                        "\".\" for its own namespace, \"*\" for all, or the name of a namespace");
            } else if (!seen.add(text.equals(".") ? namespace : text)) {
                each.refuse("names a namespace a second time", "each namespace once");
            } else if (exportTo.items().size() > 1 && (text.equals("*") || text.equals("~"))) {
                each.refuse("is " + each.described() + " beside others", "it alone");
            }
        }
    }

    static void checkSelector(Element labels) {
        for (Element label : labels.members()) {
            if (label.name().isEmpty()) {
                label.refuse("has no name", "the name of a label");
            } else if (label.name().contains("*") || label.text().contains("*")) {
                label.refuse("holds a *", "a whole name and value; selectors know no wildcards");
            }
        }
    }

    /** {@code namespace/name}, or the name alone. */
    static void checkGatewayNames(Element gateways) {
        for (Element gateway : gateways.items()) {
            String name = gateway.text();
            int slash = name.indexOf('/');
            if (slash < 0) {
                DnsNames.checkName(gateway);
                return;
            }
            if (!DnsNames.isLabel(name.substring(0, slash)) || !DnsNames.isLabel(name.substring(slash + 1))) {
                gateway.refuse(
                        "is " + gateway.described(),
                        "the namespace and the name of a Gateway, as in istio-system/egress");
            }
        }
    }

    static void checkDestination(Element destination) {
        if (!destination.exists()) {
            return;
        }
        Element host = destination.at("host");
        if (host.text().equals("*")) {
            host.refuse("is \"*\"", "the host that the traffic goes to");
        } else {
            DnsNames.checkNameOrWildcard(host);
        }
        Element subset = destination.at("subset");
        if (!subset.isEmpty()) {
            checkPortName(subset);
        }
        if (destination.at("port").exists()) {
            checkPort(destination.at("port").at("number"));
        }
    }

    /** The weighted destinations of a route. */
    static void checkDestinations(Element route) {
        double total = 0;
        for (Element each : route.items()) {
            if (!each.at("destination").exists()) {
                each.at("destination").refuse("is missing", "a mapping with the host");
            }
            checkDestination(each.at("destination"));
            if (each.at("weight").number() < 0) {
                each.at("weight").refuse("is " + each.at("weight").text(), "at least 0");
            }
            total += each.at("weight").number();
        }
        if (route.items().size() > 1 && total == 0) {
            route.refuse("has several destinations and no weight above 0", "weights, of which one at least is above 0");
        }
    }
}
