package dev.databasetraffic.kit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;

/** A certificate authority that lives as long as this object: its key is never written anywhere. */
public final class ThrowawayAuthority {

    private static final Duration VALIDITY = Duration.ofDays(30);

    /** Clocks of containers and hosts differ a little. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final X509Bundle authority;

    private ThrowawayAuthority(X509Bundle authority) {
        this.authority = authority;
    }

    public static ThrowawayAuthority create() {
        try {
            return new ThrowawayAuthority(builder()
                    .subject("CN=Throwaway authority of a rehearsal")
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign)
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    /** A new private key, and a certificate chain for a server of this DNS name. */
    public X509Bundle issue(String dnsName) {
        try {
            return builder()
                    .subject("CN=" + dnsName)
                    .addSanDnsName(dnsName)
                    .addExtendedKeyUsageServerAuth()
                    .buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made for " + dnsName, e);
        }
    }

    /** Writes a PKCS #12 trust store, for {@code -Djavax.net.ssl.trustStore}, that trusts this authority alone. */
    public void writeTrustStore(Path file, String password) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("throwaway", authority.getCertificate());
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PKCS #12", e);
        }
    }

    /** Its certificate, for whoever takes PEM. */
    public String pem() {
        return authority.getCertificatePEM();
    }

    private static CertificateBuilder builder() {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .ecp256()
                .notBefore(now.minus(CLOCK_SKEW))
                .notAfter(now.plus(VALIDITY));
    }
}
