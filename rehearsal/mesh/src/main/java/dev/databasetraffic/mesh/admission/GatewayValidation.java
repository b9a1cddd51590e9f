package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.Set;

/** What istiod's webhook says of a Gateway of Istio's own: {@code ValidateGateway}. */
final class GatewayValidation {

    private GatewayValidation() {}

    static void check(Element resource, String namespace) {
        Element name = resource.at("metadata").at("name");
        if (!DnsNames.isLabel(name.text())) {
            name.refuse("is " + name.described(), DnsNames.LABEL_FORM);
        }
        Element servers = resource.at("spec").at("servers");
        if (servers.isEmpty()) {
            servers.refuse("is missing", "a list with one server at least");
        }
        Set<String> names = new HashSet<>();
        for (Element server : servers.items()) {
            checkServer(server);
            Element port = server.at("port").at("name");
            if (!port.isEmpty() && !names.add(port.text())) {
                port.refuse("is the name of two servers' ports", "each name once");
            }
        }
    }

    private static void checkServer(Element server) {
        if (server.at("hosts").isEmpty()) {
            server.at("hosts").refuse("is missing", "a list with one host at least");
        }
        server.at("hosts").items().forEach(GatewayValidation::checkHost);
        Element port = server.at("port");
        Element bind = server.at("bind");
        boolean socket = CommonValidation.isSocket(bind);
        if (!ProtocolNames.isKnown(port.at("protocol").text())) {
            port.at("protocol").refuse("is " + port.at("protocol").described(), ProtocolNames.NAMES);
        }
        if (port.at("number").number() > 0 || !socket) {
            CommonValidation.checkPort(port.at("number"));
        }
        if (port.at("targetPort").number() > 0) {
            port.at("targetPort").refuse("has no effect on a Gateway", "number alone");
        }
        if (port.at("name").isEmpty()) {
            port.at("name").refuse("is missing", "the port's name");
        }
        if (socket) {
            CommonValidation.checkSocket(bind);
            if (port.at("number").number() != 0) {
                port.at("number")
                        .refuse("is " + port.at("number").text() + ", and the server is bound to a socket", "0");
            }
        } else if (!bind.isEmpty()) {
            CommonValidation.checkAddress(bind);
        }
        ServerTlsValidation.check(server.at("tls"));
        checkTlsForPort(server.at("tls"), port.at("protocol").text());
    }

    private static void checkTlsForPort(Element tls, String protocol) {
        if (ProtocolNames.isTls(protocol)) {
            if (!tls.exists()) {
                tls.refuse(
                        "is missing, and the port's protocol is " + protocol, "tls with a mode, such as PASSTHROUGH");
            }
        } else if (tls.exists() && ProtocolNames.isKnown(protocol)) {
            boolean passing = Set.of("", "PASSTHROUGH", "AUTO_PASSTHROUGH")
                            .contains(tls.at("mode").text())
                    && tls.at("caCertificates").isEmpty()
                    && tls.at("privateKey").isEmpty()
                    && tls.at("serverCertificate").isEmpty();
            if (!ProtocolNames.isHttp(protocol) || !passing) {
                tls.refuse("is set, and the port's protocol is " + protocol, "protocol TLS or HTTPS, or no tls");
            }
        }
    }

    private static void checkHost(Element host) {
        String text = host.text();
        int slash = text.indexOf('/');
        String namespace = slash < 0 ? "*" : text.substring(0, slash);
        boolean known = namespace.equals("*") || namespace.equals(".") || DnsNames.isLabel(namespace);
        if (!known || !isHost(text.substring(slash + 1), true)) {
            host.refuse(
                    "is " + host.described(),
                    "a whole host name, \"*\", or *.example.com, with a namespace and / before it or not");
        }
    }

    /** Whether a Gateway or a Sidecar takes a text for a host; short names and {@code *-a.example.com} it does not. */
    static boolean isHost(String host, boolean addresses) {
        boolean wildcard = !host.startsWith("*") || host.equals("*") || host.startsWith("*.");
        boolean whole = host.equals("*") || host.contains(".") || host.contains(":");
        return wildcard && whole && (DnsNames.isNameOrWildcard(host) || addresses && Addresses.isAddress(host));
    }
}
