package dev.databasetraffic.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault as a client sees it: the way is healthy, then broken in exactly this manner, then healthy again. */
@Tag("long")
class FaultsIT {

    /** What nobody waits for in health, even on a busy machine; and how long a silence is listened to. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration SILENCE = Duration.ofMillis(700);
    private static final Duration LATENCY = Duration.ofSeconds(5);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int GOAWAY = 7;

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    private static TlsTerminator front;
    private static Wire wire;
    private static SSLContext tls;

    /** Set by each test, or there is nothing to remove. */
    @SuppressWarnings("NullAway.Init")
    private Fault fault;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        InetSocketAddress database = new InetSocketAddress(firestore.host(), firestore.port());
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        front = TlsTerminator.start(0, authority.issue("localhost"), database);
        wire = Wire.start(front.address(), database, authority, "localhost", FirestoreApi::isWrite);
        tls = trusting(authority, folder.resolve("trust.p12"));
    }

    @AfterAll
    static void stop() {
        wire.close();
        front.close();
    }

    @AfterEach
    void theWayIsHealthyAgain() throws IOException {
        wire.remove(fault);
        await().atMost(SOON).ignoreExceptions().until(() -> caller().get("missing", SOON) == GrpcCaller.NOT_FOUND);
    }

    @Test
    void refusedIsRefusedByTheSystem() throws Exception {
        inject("refused", Connections.CUT);

        assertThatThrownBy(FaultsIT::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void resetIsAResetAfterConnecting() throws Exception {
        inject("reset", Connections.CUT);

        assertThatThrownBy(() -> {
                    try (Socket socket = connect()) {
                        socket.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class)
                .isNotInstanceOf(ConnectException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void finAfterHelloIsAnEndOfStream() throws Exception {
        inject("fin-after-hello", Connections.CUT);

        try (Socket socket = connect()) {
            assertThatThrownBy(() -> readFor(SILENCE, socket)).isInstanceOf(SocketTimeoutException.class);
            socket.getOutputStream().write(PREFACE);
            assertThat(readFor(SOON, socket)).isEqualTo(-1);
        }
    }

    @Test
    void silentIsSilence() throws Exception {
        inject("silent", Connections.CUT);

        try (Socket socket = connect()) {
            socket.getOutputStream().write(PREFACE);
            assertThatThrownBy(() -> readFor(SILENCE, socket)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void echoIsOnesOwnBytes() throws Exception {
        inject("echo", Connections.CUT);

        try (Socket socket = connect()) {
            socket.getOutputStream().write(PREFACE);
            socket.setSoTimeout((int) SOON.toMillis());
            assertThat(socket.getInputStream().readNBytes(PREFACE.length)).isEqualTo(PREFACE);
        }
    }

    @Test
    void aWrongCertificateFailsTheHandshake() throws Exception {
        inject("wrong-certificate", Connections.CUT);

        assertThatThrownBy(FaultsIT::connectByTls)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("PKIX");
    }

    @Test
    void http2SilenceComesAfterARealHandshake() throws Exception {
        inject("http2-silence", Connections.CUT);

        try (SSLSocket socket = connectByTls()) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(SETTINGS);
            assertThatThrownBy(() -> readFor(SILENCE, socket)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void openConnectionsSurviveAFaultOfNewOnesIfTheyAreLeft() throws Exception {
        prepare("reset");
        GrpcCaller open = healthyCaller();

        wire.inject(fault, Connections.LEFT);

        assertThat(open.get("missing", SOON)).isEqualTo(GrpcCaller.NOT_FOUND);
        assertThatThrownBy(() -> caller().get("missing", SOON)).isInstanceOf(IOException.class);
    }

    @Test
    void openConnectionsDoNotSurviveAFaultIfTheyAreCut() throws Exception {
        prepare("silent");
        try (SSLSocket open = connectByTls()) {
            wire.inject(fault, Connections.CUT);

            assertThatThrownBy(() -> readFor(SOON, open)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whatIsFrozenGoesOnWhereItStopped() throws Exception {
        prepare("frozen");
        GrpcCaller open = healthyCaller();
        wire.inject(fault, Connections.LEFT);

        CompletableFuture<Integer> late =
                CompletableFuture.supplyAsync(() -> unchecked(() -> open.get("missing", SOON)));
        assertThatThrownBy(() -> caller().get("missing", SILENCE)).isInstanceOf(HttpTimeoutException.class);
        assertThat(late).isNotDone();

        wire.remove(fault);
        await().atMost(SOON).until(late::isDone);
        assertThat(late).isCompletedWithValue(GrpcCaller.NOT_FOUND);
    }

    @Test
    void whatIsLeftFrozenNeverGoesOn() throws Exception {
        prepare("left-frozen");
        GrpcCaller open = healthyCaller();
        wire.inject(fault, Connections.LEFT);
        assertThatThrownBy(() -> open.get("missing", SILENCE)).isInstanceOf(HttpTimeoutException.class);

        wire.remove(fault);

        await().atMost(SOON).ignoreExceptions().until(() -> caller().get("missing", SOON) == GrpcCaller.NOT_FOUND);
        assertThatThrownBy(() -> open.get("missing", SILENCE)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void latencyDelaysEachAnswerByItsTime() throws Exception {
        prepare("latency");
        GrpcCaller open = healthyCaller();
        wire.inject(fault, Connections.LEFT);

        long asked = System.nanoTime();
        assertThat(open.get("missing", LATENCY.plus(SOON))).isEqualTo(GrpcCaller.NOT_FOUND);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(LATENCY, LATENCY.plus(SOON));
    }

    @Test
    void slowPassesTwoKilobytesASecond() throws Exception {
        prepare("slow");
        GrpcCaller open = healthyCaller();
        wire.inject(fault, Connections.LEFT);

        long asked = System.nanoTime();
        assertThat(open.write(unique(), 8 * 1024, Duration.ofSeconds(20))).isEqualTo(GrpcCaller.OK);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10));
    }

    @Test
    void whatSlowHoldsBackIsSentAtOnceWhenItEnds() throws Exception {
        prepare("slow");
        GrpcCaller open = healthyCaller();
        String document = unique();
        assertThat(open.write(document, 48 * 1024, SOON)).isEqualTo(GrpcCaller.OK);
        wire.inject(fault, Connections.LEFT);
        CompletableFuture<Integer> large =
                CompletableFuture.supplyAsync(() -> unchecked(() -> open.get(document, PATIENCE)));
        assertThatThrownBy(() -> large.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        wire.remove(fault);

        // Unsent it would be until the end of the wait that its size had come to.
        await().atMost(Duration.ofSeconds(2)).until(large::isDone);
        assertThat(large).isCompletedWithValue(GrpcCaller.OK);
    }

    @Test
    void whoGivesUpOnSilenceLeavesNothingBehind() throws Exception {
        inject("silent", Connections.CUT);
        await().atMost(SOON).until(() -> wire.connections() == 0);
        Socket given = new Socket(wire.address().getAddress(), wire.address().getPort());
        await().atMost(SOON).until(() -> wire.connections() == 1);

        given.close();

        await().atMost(SOON).until(() -> wire.connections() == 0);
    }

    @Test
    void flappingRefusesAndAccepts() throws Exception {
        inject("flapping", Connections.CUT);

        for (int turn = 0; turn < 2; turn++) {
            await().atMost(SOON).until(() -> !accepts());
            await().atMost(SOON).until(FaultsIT::accepts);
        }
    }

    @Test
    void goAwayComesBeforeAnyCall() throws Exception {
        inject("goaway", Connections.CUT);

        try (SSLSocket socket = connectByTls()) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(SETTINGS);
            DataInputStream frames = new DataInputStream(socket.getInputStream());
            // RFC 9113, 4.1: 24 bits of length, type, flags, 32 bits of stream; 6.8: the last stream, the error.
            int type;
            byte[] payload;
            do {
                int length = frames.readUnsignedShort() << 8 | frames.readUnsignedByte();
                type = frames.readUnsignedByte();
                frames.skipBytes(5);
                payload = frames.readNBytes(length);
            } while (type != GOAWAY);
            assertThat(payload).startsWith(0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"permission-denied, 7", "resource-exhausted, 8", "internal, 13", "unavailable, 14"})
    void aStatusIsTheAnswerToEachCallOnNewAndOpenConnections(String name, int status) throws Exception {
        prepare(name);
        GrpcCaller open = healthyCaller();

        wire.inject(fault, Connections.LEFT);

        assertThat(open.get("missing", SOON)).isEqualTo(status);
        assertThat(caller().write(unique(), 1, SOON)).isEqualTo(status);
        wire.remove(fault);
        assertThat(open.get("missing", SOON)).isEqualTo(GrpcCaller.NOT_FOUND);
    }

    @Test
    void aReplyIsLostAfterTheCommit() throws Exception {
        prepare("reply-lost");
        GrpcCaller open = healthyCaller();
        String document = unique();
        wire.inject(fault, Connections.LEFT);

        assertThatThrownBy(() -> open.write(document, 1, SOON))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);

        assertThat(caller().get(document, SOON)).isEqualTo(GrpcCaller.OK);
    }

    private void inject(String name, Connections open) throws Exception {
        prepare(name);
        healthyCaller();
        wire.inject(fault, open);
    }

    private void prepare(String name) {
        fault = wire.fault(name);
        wire.prepare(fault);
    }

    /** With a connection that is open, and was seen to work. */
    private static GrpcCaller healthyCaller() throws Exception {
        GrpcCaller caller = caller();
        assertThat(caller.get("missing", SOON)).isEqualTo(GrpcCaller.NOT_FOUND);
        return caller;
    }

    private static GrpcCaller caller() {
        return new GrpcCaller(tls, wire.address());
    }

    private static Socket connect() throws IOException {
        return new Socket(wire.address().getAddress(), wire.address().getPort());
    }

    private static boolean accepts() throws IOException {
        try (Socket socket = connect()) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private static SSLSocket connectByTls() throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(connect(), "localhost", wire.address().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.startHandshake();
        return socket;
    }

    private static int readFor(Duration time, Socket socket) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        return socket.getInputStream().read();
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private static <T> T unchecked(java.util.concurrent.Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(ThrowawayAuthority authority, Path file) throws Exception {
        authority.writeTrustStore(file, "changeit");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
