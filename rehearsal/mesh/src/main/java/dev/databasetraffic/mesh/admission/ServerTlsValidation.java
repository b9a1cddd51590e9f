package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What istiod's webhook says of the TLS that a Gateway or a Sidecar ends: {@code validateTLSOptions}. */
final class ServerTlsValidation {

    private static final List<String> CERTIFICATES = List.of(
            "serverCertificate",
            "privateKey",
            "caCertificates",
            "tlsCertificates",
            "credentialName",
            "credentialNames");

    private ServerTlsValidation() {}

    static void check(Element tls) {
        String mode = tls.at("mode").text("PASSTHROUGH");
        if (mode.equals("ISTIO_MUTUAL")) {
            for (String certificate : CERTIFICATES) {
                if (!tls.at(certificate).isEmpty()) {
                    tls.at(certificate)
                            .refuse("is set, and mode is ISTIO_MUTUAL", "none; Istio brings its own certificates");
                }
            }
            return;
        }
        boolean files =
                !tls.at("serverCertificate").isEmpty() && !tls.at("privateKey").isEmpty();
        boolean secret = !tls.at("credentialName").isEmpty()
                || !tls.at("credentialNames").isEmpty();
        long sources = Stream.of("credentialName", "credentialNames", "tlsCertificates")
                        .filter(source -> !tls.at(source).isEmpty())
                        .count()
                + (files ? 1 : 0);
        if (sources > 1) {
            tls.refuse(
                    "names certificates in two ways",
                    "only one of credentialName, credentialNames, tlsCertificates,"
                            + " serverCertificate with privateKey");
        }
        boolean mutual = Set.of("MUTUAL", "OPTIONAL_MUTUAL").contains(mode);
        if (!tls.exists() || secret && (mutual || mode.equals("SIMPLE"))) {
            return;
        }
        if (mutual && tls.at("caCertificates").isEmpty()) {
            tls.at("caCertificates")
                    .refuse(
                            "is missing, and mode is " + mode,
                            "the path of the clients' authorities, or credentialName");
        }
        if (mutual || mode.equals("SIMPLE")) {
            checkFiles(tls, mode);
        }
        if (!tls.at("caCrl").isEmpty()
                && (mode.equals("SIMPLE") || !tls.at("credentialName").isEmpty())) {
            tls.at("caCrl").refuse("is set, and is not read with mode SIMPLE or credentialName", "none");
        }
    }

    private static void checkFiles(Element tls, String mode) {
        List<Element> certificates = tls.at("tlsCertificates").isEmpty()
                ? List.of(tls)
                : tls.at("tlsCertificates").items();
        for (Element certificate : certificates) {
            for (String file : List.of("serverCertificate", "privateKey")) {
                if (certificate.at(file).isEmpty()) {
                    certificate
                            .at(file)
                            .refuse("is missing, and mode is " + mode, "the path of the file, or credentialName");
                }
            }
        }
    }
}
