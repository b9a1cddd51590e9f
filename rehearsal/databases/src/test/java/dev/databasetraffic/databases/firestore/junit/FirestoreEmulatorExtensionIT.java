package dev.databasetraffic.databases.firestore.junit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.CreateDocumentRequest;
import dev.databasetraffic.databases.firestore.differential.BareClient;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirestoreEmulatorExtensionIT {

    private static final int FRAME_HEADER = 9;
    private static final byte SETTINGS = 4;

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

            // A client's preface and empty settings: RFC 9113, 3.4 and 6.5. The answer is settings too.
            tls.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            tls.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});

            assertThat(tls.getInputStream().readNBytes(FRAME_HEADER)[3]).isEqualTo(SETTINGS);
        }
    }

    @Test
    void itCanBeCleared() throws IOException {
        CreateDocumentRequest create = CreateDocumentRequest.newBuilder()
                .setParent("projects/extension/databases/(default)/documents")
                .setCollectionId("a")
                .setDocumentId("1")
                .build();
        try (BareClient database = new BareClient(firestore.host(), firestore.port())) {
            firestore.clear("extension");
            assertThat(database.call(create).code()).isEqualTo(Status.Code.OK);
            assertThat(database.call(create).code()).isEqualTo(Status.Code.ALREADY_EXISTS);

            firestore.clear("extension");

            assertThat(database.call(create).code()).isEqualTo(Status.Code.OK);
        }
    }
}
