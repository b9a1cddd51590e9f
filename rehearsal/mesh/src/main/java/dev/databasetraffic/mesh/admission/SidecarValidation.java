package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What istiod's webhook says of a Sidecar: {@code ValidateSidecar}. */
final class SidecarValidation {

    private static final Pattern ENDPOINT = Pattern.compile("(127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?]|):([0-9]{1,5})");

    private SidecarValidation() {}

    static void check(Element resource, String namespace) {
        Element spec = resource.at("spec");
        CommonValidation.checkSelector(spec.at("workloadSelector").at("labels"));
        boolean says = !spec.at("egress").isEmpty()
                || !spec.at("ingress").isEmpty()
                || Stream.of("outboundTrafficPolicy", "inboundConnectionPool")
                        .anyMatch(part -> spec.at(part).exists());
        if (!says) {
            spec.refuse("says nothing", "egress, ingress, outboundTrafficPolicy or inboundConnectionPool");
        }
        checkIngress(spec.at("ingress").items());
        TrafficPolicyValidation.checkPool(spec.at("inboundConnectionPool"));
        checkEgress(spec.at("egress").items());
        checkPolicy(spec.at("outboundTrafficPolicy"));
    }

    private static void checkIngress(List<Element> listeners) {
        Set<Long> numbers = new HashSet<>();
        for (Element listener : listeners) {
            Element port = listener.at("port");
            if (!port.exists()) {
                port.refuse("is missing", "a mapping with number, protocol and name");
                continue;
            }
            checkPort(port);
            CommonValidation.checkPort(port.at("number"));
            if (!listener.at("bind").isEmpty()) {
                CommonValidation.checkAddress(listener.at("bind"));
            }
            checkOnce(port, numbers);
            checkEndpoint(listener.at("defaultEndpoint"));
            checkTls(listener.at("tls"), port.at("protocol").text());
            TrafficPolicyValidation.checkPool(listener.at("connectionPool"));
        }
    }

    private static void checkPort(Element port) {
        if (!port.at("name").isEmpty()) {
            CommonValidation.checkPortName(port.at("name"));
        }
        CommonValidation.checkProtocol(port.at("protocol"));
        if (port.at("targetPort").number() > 0) {
            port.at("targetPort").refuse("has no effect on a Sidecar", "number alone");
        }
    }

    private static void checkOnce(Element port, Set<Long> numbers) {
        if (!numbers.add((long) port.at("number").number())) {
            port.at("number").refuse("is the number of two listeners", "each number once");
        }
    }

    private static void checkEndpoint(Element endpoint) {
        if (endpoint.isEmpty()) {
            return;
        }
        if (CommonValidation.isSocket(endpoint)) {
            CommonValidation.checkSocket(endpoint);
            return;
        }
        Matcher parts = ENDPOINT.matcher(endpoint.text());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) < 1 || Integer.parseInt(parts.group(2)) > 65535) {
            endpoint.refuse(
                    "is " + endpoint.described(),
                    "127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix:///PATH");
        }
    }

    private static void checkTls(Element tls, String protocol) {
        if (!tls.exists()) {
            return;
        }
        for (String part :
                List.of("subjectAltNames", "httpsRedirect", "credentialName", "credentialNames", "tlsCertificates")) {
            if (!tls.at(part).isEmpty() && !tls.at(part).text().equals("false")) {
                tls.at(part).refuse("is not supported in a Sidecar", "none");
            }
        }
        if (Set.of("ISTIO_MUTUAL", "AUTO_PASSTHROUGH").contains(tls.at("mode").text())) {
            tls.at("mode").refuse("is " + tls.at("mode").text() + " in a Sidecar", "SIMPLE or MUTUAL");
        }
        if (!ProtocolNames.isTls(protocol)) {
            tls.refuse("is set, and the port's protocol is no TLS", "protocol TLS or HTTPS");
        }
        ServerTlsValidation.check(tls);
    }

    private static void checkEgress(List<Element> listeners) {
        Set<Long> numbers = new HashSet<>();
        Set<String> sockets = new HashSet<>();
        for (int i = 0; i < listeners.size(); i++) {
            Element listener = listeners.get(i);
            Element port = listener.at("port");
            if (port.exists()) {
                checkEgressPort(listener, port, numbers, sockets);
            } else if (i < listeners.size() - 1) {
                listener.refuse("has no port, and others follow", "a port, or the last place in the list");
            }
            if (listener.at("hosts").isEmpty()) {
                listener.at("hosts").refuse("is missing", "a list with one host at least");
            }
            listener.at("hosts").items().forEach(SidecarValidation::checkHost);
        }
    }

    private static void checkEgressPort(Element listener, Element port, Set<Long> numbers, Set<String> sockets) {
        checkPort(port);
        Element bind = listener.at("bind");
        if (port.at("number").number() != 0) {
            CommonValidation.checkPort(port.at("number"));
            checkOnce(port, numbers);
            if (!bind.isEmpty()) {
                CommonValidation.checkAddress(bind);
            }
            return;
        }
        if (CommonValidation.isSocket(bind)) {
            CommonValidation.checkSocket(bind);
        } else {
            bind.refuse("is no socket, and the port has no number", "unix:// and a path, or a number");
        }
        if (!Set.of("", "DEFAULT", "NONE").contains(listener.at("captureMode").text())) {
            listener.at("captureMode")
                    .refuse("is " + listener.at("captureMode").text() + " for a socket", "DEFAULT or NONE");
        }
        if (!sockets.add(bind.text())) {
            bind.refuse("is the socket of two listeners", "each socket once");
        }
    }

    private static void checkHost(Element host) {
        String text = host.text();
        int slash = text.indexOf('/');
        String namespace = slash < 0 ? "" : text.substring(0, slash);
        String place = namespace.startsWith("~") ? namespace.substring(1) : namespace;
        boolean known = Set.of("", "*", ".").contains(place) && !namespace.isEmpty() || DnsNames.isLabel(place);
        if (!known || !GatewayValidation.isHost(text.substring(slash + 1), false)) {
            host.refuse("is " + host.described(), "a namespace and a host, as in ./* or shop/db.example.com");
        }
    }

    private static void checkPolicy(Element policy) {
        Element proxy = policy.at("egressProxy");
        if (policy.at("mode").text().equals("ALLOW_ANY_DYNAMIC_DNS")) {
            policy.at("mode")
                    .refuse(
                            "is ALLOW_ANY_DYNAMIC_DNS, which is for the whole mesh alone",
                            "ALLOW_ANY or REGISTRY_ONLY");
        } else if (proxy.exists() && !policy.at("mode").text().equals("ALLOW_ANY")) {
            // Without a mode it is REGISTRY_ONLY.
            proxy.refuse("is set, and mode is not ALLOW_ANY", "mode ALLOW_ANY");
        } else if (proxy.exists()) {
            DnsNames.checkName(proxy.at("host"));
            if (!proxy.at("port").exists()) {
                proxy.at("port").refuse("is missing", "a mapping with the number");
            }
            CommonValidation.checkDestination(proxy);
        }
    }
}
