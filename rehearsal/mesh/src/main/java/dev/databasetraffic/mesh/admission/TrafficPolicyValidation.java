package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What istiod's webhook says of a DestinationRule's traffic policies: {@code validateTrafficPolicy}. */
final class TrafficPolicyValidation {

    private static final List<String> PARTS = List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");
    private static final List<String> MORE_PARTS =
            List.of("portLevelSettings", "tunnel", "proxyProtocol", "retryBudget");

    private TrafficPolicyValidation() {}

    static void check(Element policy) {
        if (!policy.exists()) {
            return;
        }
        if (PARTS.stream().noneMatch(part -> policy.at(part).exists())
                && MORE_PARTS.stream().noneMatch(part -> policy.at(part).exists())) {
            policy.refuse("says nothing", "one of " + String.join(", ", PARTS) + ", " + String.join(", ", MORE_PARTS));
        }
        if (policy.at("tunnel").exists() && policy.at("proxyProtocol").exists()) {
            policy.at("tunnel").refuse("is set beside proxyProtocol", "one of the two");
        }
        checkParts(policy);
        for (Element port : policy.at("portLevelSettings").items()) {
            if (!port.at("port").exists()) {
                port.at("port").refuse("is missing", "a mapping with the number");
            }
            if (PARTS.stream().noneMatch(part -> port.at(part).exists())) {
                port.refuse("says nothing", "one of " + String.join(", ", PARTS));
            }
            checkParts(port);
        }
        checkTunnel(policy.at("tunnel"));
    }

    private static void checkParts(Element policy) {
        checkOutliers(policy.at("outlierDetection"));
        checkPool(policy.at("connectionPool"));
        checkBalancer(policy.at("loadBalancer"));
        checkTls(policy.at("tls"));
    }

    private static void checkOutliers(Element outliers) {
        CommonValidation.checkDuration(outliers.at("baseEjectionTime"));
        CommonValidation.checkDuration(outliers.at("interval"));
        if (outliers.at("consecutiveLocalOriginFailures").number() > 0
                && !outliers.at("splitExternalLocalOriginErrors").node().asBoolean()) {
            outliers.at("consecutiveLocalOriginFailures")
                    .refuse("is set, and splitExternalLocalOriginErrors is not true", "both or none");
        }
        for (String percent : List.of("maxEjectionPercent", "minHealthPercent")) {
            double value = outliers.at(percent).number();
            if (value < 0 || value > 100) {
                outliers.at(percent).refuse("is " + outliers.at(percent).text(), "0 to 100");
            }
        }
    }

    /** Also the one of a Sidecar. */
    static void checkPool(Element pool) {
        Element http = pool.at("http");
        Element tcp = pool.at("tcp");
        if (pool.exists() && !http.exists() && !tcp.exists()) {
            pool.refuse("says nothing", "http or tcp");
        }
        for (String count : List.of(
                "http1MaxPendingRequests",
                "http2MaxRequests",
                "maxRequestsPerConnection",
                "maxRetries",
                "maxConcurrentStreams")) {
            if (http.at(count).number() < 0) {
                http.at(count).refuse("is " + http.at(count).text(), "at least 0");
            }
        }
        CommonValidation.checkDuration(http.at("idleTimeout"));
        if (http.at("h2UpgradePolicy").text().equals("UPGRADE")
                && http.at("useClientProtocol").node().asBoolean()) {
            http.at("useClientProtocol").refuse("is true, and h2UpgradePolicy is UPGRADE", "one of the two");
        }
        Element keepAlive = http.at("http2KeepAlive");
        for (String time : keepAlive.exists() ? List.of("interval", "timeout") : List.<String>of()) {
            if (!keepAlive.at(time).exists()) {
                keepAlive.at(time).refuse("is missing", "a time such as 5s");
            }
            CommonValidation.checkDuration(keepAlive.at(time));
        }
        if (tcp.at("maxConnections").number() < 0) {
            tcp.at("maxConnections").refuse("is " + tcp.at("maxConnections").text(), "at least 0");
        }
        CommonValidation.checkDuration(tcp.at("connectTimeout"));
        CommonValidation.checkDuration(tcp.at("maxConnectionDuration"));
        boolean never = Durations.nanos(tcp.at("idleTimeout").text()).orElse(-1_000_000L) / 1_000_000 == 0;
        if (!never) {
            CommonValidation.checkDuration(tcp.at("idleTimeout"));
        }
        CommonValidation.checkDuration(tcp.at("tcpKeepalive").at("time"));
        CommonValidation.checkDuration(tcp.at("tcpKeepalive").at("interval"));
    }

    private static void checkBalancer(Element balancer) {
        Element hash = balancer.at("consistentHash");
        Element cookie = hash.at("httpCookie");
        if (cookie.exists() && cookie.at("name").isEmpty()) {
            cookie.at("name").refuse("is missing", "the cookie's name");
        }
        if (cookie.at("ttl").exists()
                && Durations.nanos(cookie.at("ttl").text()).isEmpty()) {
            cookie.at("ttl").refuse("is " + cookie.at("ttl").described(), "a time such as 60s");
        }
        Set<String> names = new HashSet<>();
        for (Element attribute : cookie.at("attributes").items()) {
            if (attribute.at("name").isEmpty()
                    || !names.add(attribute.at("name").text())) {
                attribute
                        .at("name")
                        .refuse(attribute.at("name").isEmpty() ? "is missing" : "stands there twice", "each name once");
            }
        }
        if (hash.at("minimumRingSize").number() != 0
                && (hash.at("ringHash").exists() || hash.at("maglev").exists())) {
            hash.at("minimumRingSize").refuse("is set beside ringHash or maglev", "one of the two");
        }
        Element maglev = hash.at("maglev");
        if (maglev.exists() && !isTableSize((long) maglev.at("tableSize").number())) {
            maglev.at("tableSize")
                    .refuse(
                            maglev.at("tableSize").exists()
                                    ? "is " + maglev.at("tableSize").text()
                                    : "is missing",
                            "a prime number below 5000011");
        }
        if (balancer.at("localityLbSetting").exists()
                && balancer.at("zoneAwareLbSetting").exists()) {
            balancer.at("zoneAwareLbSetting").refuse("is set beside localityLbSetting", "one of the two");
        }
        LocalityValidation.check(balancer.at("localityLbSetting"));
        Element warmup = balancer.at("warmup");
        if (warmup.exists()) {
            if (!warmup.at("duration").exists()) {
                warmup.at("duration").refuse("is missing", "a time such as 60s");
            }
            CommonValidation.checkDuration(warmup.at("duration"));
            if (warmup.at("minimumPercent").number() > 100) {
                warmup.at("minimumPercent")
                        .refuse("is " + warmup.at("minimumPercent").text(), "at most 100");
            }
            if (warmup.at("aggression").exists() && warmup.at("aggression").number() <= 0) {
                warmup.at("aggression").refuse("is " + warmup.at("aggression").text(), "above 0");
            }
        }
    }

    private static boolean isTableSize(long size) {
        if (size < 1 || size >= 5_000_011 || size > 3 && size % 2 == 0) {
            return false;
        }
        for (long factor = 3; factor * factor <= size; factor += 2) {
            if (size % factor == 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkTls(Element tls) {
        String mode = tls.at("mode").text();
        boolean simple = mode.equals("SIMPLE");
        boolean mutual = mode.equals("MUTUAL");
        boolean credential = !tls.at("credentialName").isEmpty();
        if (tls.at("insecureSkipVerify").node().asBoolean() && (simple || mutual)) {
            boolean checks = !tls.at("caCertificates").isEmpty()
                    || !tls.at("subjectAltNames").isEmpty()
                    || simple && credential;
            if (checks) {
                tls.at("insecureSkipVerify").refuse("is true, and what is to be verified is set", "one of the two");
            }
        }
        if ((simple || mutual) && credential) {
            for (String file : List.of("clientCertificate", "caCertificates", "privateKey", "caCrl")) {
                if (!tls.at(file).isEmpty()) {
                    tls.at(file).refuse("is set beside credentialName", "one of the two");
                }
            }
        } else if (mutual) {
            for (String file : List.of("clientCertificate", "privateKey")) {
                if (tls.at(file).isEmpty()) {
                    tls.at(file).refuse("is missing, and mode is MUTUAL", "the path of the file, or credentialName");
                }
            }
        }
    }

    private static void checkTunnel(Element tunnel) {
        if (!tunnel.exists()) {
            return;
        }
        if (!Set.of("", "CONNECT", "POST").contains(tunnel.at("protocol").text())) {
            tunnel.at("protocol").refuse("is " + tunnel.at("protocol").described(), "CONNECT or POST");
        }
        Element host = tunnel.at("targetHost");
        if (!DnsNames.isName(host.text()) && !Addresses.isAddress(host.text())) {
            host.refuse("is " + host.described(), "a DNS name or an IP address");
        }
        CommonValidation.checkPort(tunnel.at("targetPort"));
    }
}
