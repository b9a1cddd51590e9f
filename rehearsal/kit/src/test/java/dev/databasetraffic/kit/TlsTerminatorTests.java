package dev.databasetraffic.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTerminatorTests {

    private static final String HOST = "database.example";
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ThrowawayAuthority authority = ThrowawayAuthority.create();

    @TempDir
    Path folder;

    private ServerSocket database;
    private TlsTerminator front;

    @BeforeEach
    void start() throws IOException {
        database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        database.setSoTimeout(TIMEOUT_MILLIS);
        front = TlsTerminator.start(0, authority.issue(HOST), (InetSocketAddress) database.getLocalSocketAddress());
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        database.close();
    }

    @Test
    void bytesPassInBothDirectionsUnderAVerifiedNameAndHttp2() throws Exception {
        try (SSLSocket client = connect(HOST, authority)) {
            client.startHandshake();
            assertThat(client.getApplicationProtocol()).isEqualTo("h2");
            try (Socket server = database.accept()) {
                client.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
                assertThat(server.getInputStream().readNBytes(4))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("ping");
                server.getOutputStream().write("pong".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().readNBytes(4))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("pong");
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSlowReaderGetsEveryByte() throws Exception {
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        try (SSLSocket client = connect(HOST, authority)) {
            client.startHandshake();
            Thread writer = new Thread(() -> {
                try (Socket server = database.accept()) {
                    server.getOutputStream().write(large);
                } catch (IOException e) {
                    // The reader then misses bytes.
                }
            });
            writer.start();
            InputStream in = client.getInputStream();
            assertThat(in.readAllBytes()).isEqualTo(large);
            writer.join(TIMEOUT_MILLIS);
        }
    }

    @Test
    void anotherNameIsRefusedByTheClient() throws Exception {
        try (SSLSocket client = connect("other.example", authority)) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void anotherAuthorityIsRefusedByTheClient() throws Exception {
        try (SSLSocket client = connect(HOST, ThrowawayAuthority.create())) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aPortInUseIsAnError() {
        assertThatThrownBy(() -> TlsTerminator.start(database.getLocalPort(), authority.issue(HOST), (InetSocketAddress)
                        database.getLocalSocketAddress()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on port " + database.getLocalPort());
    }

    private SSLSocket connect(String host, ThrowawayAuthority trusted) throws Exception {
        Path store = folder.resolve("trust.p12");
        trusted.writeTrustStore(store, "changeit");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Socket tcp =
                new Socket(InetAddress.getLoopbackAddress(), front.address().getPort());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(tcp, host, front.address().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
