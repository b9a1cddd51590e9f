package dev.databasetraffic.databases.firestore.junit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirestoreEmulatorExtensionIT {

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    /** The JVM's default trust, which is what an application under test uses. */
    @Test
    void theEmulatorAnswersThroughTlsUnderTheProductionName() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), firestore.tlsPort());
                SSLSocket tls = (SSLSocket) context.getSocketFactory()
                        .createSocket(tcp, FirestoreEmulatorExtension.AUTHORITY, firestore.tlsPort(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(10_000);

            tls.getOutputStream().write("GET / HTTP/1.1\r\nHost: firestore.googleapis.com\r\n\r\n".getBytes(US_ASCII));

            assertThat(new BufferedReader(new InputStreamReader(tls.getInputStream(), US_ASCII)).readLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void itCanBeCleared() throws IOException {
        firestore.clear("extension");

        assertThat(FirestoreEmulator.at(firestore.host(), firestore.port()).port())
                .isEqualTo(firestore.port());
    }
}
