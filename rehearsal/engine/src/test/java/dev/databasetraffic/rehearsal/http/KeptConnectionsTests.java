package dev.databasetraffic.rehearsal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.kit.Loopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptConnectionsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(200);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private KeptConnections client;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 100, Loopback.ADDRESS);
        client = new KeptConnections(address("http"), PATIENCE);
    }

    private URI address(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        server.close();
        threads.shutdownNow();
    }

    /** What the server does with one connection, of which this is the number, from 1. */
    private interface Manner {
        void serve(Socket socket, BufferedReader requests, int connection) throws Exception;
    }

    @Test
    void aConnectionThatHasBecomeFreeIsUsedAgain() throws Exception {
        serve((socket, requests, connection) -> {
            while (request(requests)) {
                answer(socket, OK);
            }
        });

        for (int n = 0; n < 20; n++) {
            assertThat(ask("GET /" + n, true)).isEqualTo(HttpReply.of(200, "ok"));
        }

        assertThat(connections).hasValue(1);
        assertThat(heard).hasSize(20).endsWith("GET /19 HTTP/1.1");
    }

    @Test
    void requestsAtOnceHaveAConnectionEach() throws Exception {
        CountDownLatch all50 = new CountDownLatch(50);
        serve((socket, requests, connection) -> {
            request(requests);
            all50.countDown();
            all50.await();
            answer(socket, OK);
        });

        List<CompletableFuture<HttpReply>> all = IntStream.range(0, 50)
                .mapToObj(n -> client.send(bytes("GET /" + n), true, () -> {}))
                .toList();

        for (CompletableFuture<HttpReply> each : all) {
            assertThat(each.get().status()).isEqualTo(200);
        }
        assertThat(connections).hasValue(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"
            })
    void anAnswerIsWholeHoweverItIsFramed(String answer) throws Exception {
        serve((socket, requests, connection) -> {
            request(requests);
            answer(socket, answer);
            socket.close();
        });

        assertThat(ask("POST /", false)).isEqualTo(HttpReply.of(200, "ok"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n"
            })
    void halfAnAnswerIsABrokenConnection(String answer) throws Exception {
        serve((socket, requests, connection) -> {
            request(requests);
            answer(socket, answer);
            socket.close();
        });

        assertThat(ask("POST /", false)).isEqualTo(HttpReply.none(HttpReply.End.BROKEN));
    }

    @Test
    void aReadWhoseKeptConnectionHasEndedIsSentAgainAndAWriteIsNot() throws Exception {
        serve((socket, requests, connection) -> {
            request(requests);
            answer(socket, OK);
            request(requests);
            socket.close();
        });
        ask("GET /1", true);

        assertThat(ask("GET /2", true)).isEqualTo(HttpReply.of(200, "ok"));
        assertThat(ask("POST /3", false)).isEqualTo(HttpReply.none(HttpReply.End.BROKEN));
    }

    @Test
    void silenceAndABodyThatNeverEndsAreTimedOut() throws Exception {
        serve((socket, requests, connection) -> {
            request(requests);
            if (connection == 2) {
                answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok");
            }
            request(requests);
        });

        try (KeptConnections impatient = new KeptConnections(address("http"), IMPATIENCE)) {
            for (int n = 1; n <= 2; n++) {
                assertThat(impatient.send(bytes("POST /"), false, () -> {}).get(30, TimeUnit.SECONDS))
                        .isEqualTo(HttpReply.none(HttpReply.End.TIMED_OUT));
            }
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void whoDoesNotAcceptIsNotConnectedTo() throws Exception {
        server.close();

        assertThat(ask("POST /", false)).isEqualTo(HttpReply.none(HttpReply.End.NOT_CONNECTED));
    }

    @Test
    void aServerThatSpeaksNoTlsIsABrokenConnection() throws Exception {
        serve((socket, requests, connection) -> {
            requests.readLine();
            answer(socket, OK);
            socket.close();
        });
        try (KeptConnections secure = new KeptConnections(address("https"), PATIENCE)) {
            assertThat(secure.send(bytes("POST /"), false, () -> {}).get(30, TimeUnit.SECONDS))
                    .isEqualTo(HttpReply.none(HttpReply.End.BROKEN));
        }
    }

    private HttpReply ask(String line, boolean safe) throws Exception {
        return client.send(bytes(line), safe, () -> {}).get(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String line) {
        return (line + " HTTP/1.1\r\nHost: here\r\n\r\n").getBytes(UTF_8);
    }

    /** Whether there was another one. */
    private boolean request(BufferedReader requests) throws IOException {
        String line = requests.readLine();
        if (line != null) {
            heard.add(line);
        }
        for (String header = line; header != null && !header.isEmpty(); ) {
            header = requests.readLine();
        }
        return line != null;
    }

    private static void answer(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(UTF_8));
    }

    private void serve(Manner manner) {
        threads.submit(() -> {
            while (true) {
                Socket socket = server.accept();
                int connection = connections.incrementAndGet();
                threads.submit(() -> {
                    try (socket) {
                        BufferedReader requests =
                                new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                        manner.serve(socket, requests, connection);
                    }
                    return null;
                });
            }
        });
    }
}
