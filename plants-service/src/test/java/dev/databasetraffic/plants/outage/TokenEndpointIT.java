package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.plants.outage.RunningPlants.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** A service account whose token runs out while the endpoint that gives out tokens, a fake of ours, is away. */
@Tag("long")
class TokenEndpointIT {

    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);

    /** The library would ask 0, 1, 3, 7, 8, 10 and 14 s after the begin, and the first failure is seen after 2 s. */
    private static final Duration UNTIL_THE_LONGEST_PAUSE = Duration.ofMillis(8700);

    /** Google's library does not use a token in its last three minutes. */
    private static final int TWO_SECONDS_OF_USE = 3 * 60 + 2;

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path home;

    private static HttpServer endpoint;
    private static RunningPlants plants;
    private static volatile Manner manner = Manner.HEALTHY;
    private static final AtomicInteger asked = new AtomicInteger();

    enum Manner {
        HEALTHY,
        /** The connection ends without an answer. */
        HANGS_UP,
        /** No answer, and no end. */
        SILENT,
        /** A status that Google's library would repeat the request for, with a back-off of seconds. */
        UNAVAILABLE
    }

    @BeforeAll
    static void startHealthy() throws Exception {
        assumeTrue(System.getenv("GOOGLE_APPLICATION_CREDENTIALS") == null, "your own credentials would be used");
        assumeTrue(System.getenv("CLOUDSDK_CONFIG") == null, "your own credentials would be used");
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/token", TokenEndpointIT::answer);
        endpoint.start();
        writeServiceAccount(Files.createDirectories(home.resolve(".config/gcloud"))
                .resolve("application_default_credentials.json"));
        String ownHome = System.setProperty("user.home", home.toString());
        try {
            plants = RunningPlants.start(
                    firestore.tlsPort(),
                    "token-" + UUID.randomUUID().toString().substring(0, 8),
                    "plants.firestore.credentials=adc");
        } finally {
            System.setProperty("user.home", ownHome);
        }
        assertThat(plants.add("healthy").status()).isEqualTo(201);
        assertThat(asked).hasPositiveValue();
    }

    @AfterEach
    void restore() {
        manner = Manner.HEALTHY;
        Awaitility.await().until(() -> plants.add("healthy").acknowledged());
    }

    @AfterAll
    static void stop() {
        if (plants != null) {
            plants.close();
            endpoint.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HEALTHY")
    void failsHonestlyInTimeAndIsBackWithinTwoSeconds(Manner fault) {
        manner = fault;
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
            Answer answer = plants.add("runs out");
            assertThat(answer.took()).isLessThan(RunningPlants.ANSWER_BOUND);
            return !answer.acknowledged();
        });
        Awaitility.await()
                .during(UNTIL_THE_LONGEST_PAUSE)
                .atMost(UNTIL_THE_LONGEST_PAUSE.plusSeconds(5))
                .until(() -> isHonestFailure(plants.add("away")));

        manner = Manner.HEALTHY;
        Awaitility.await().atMost(RECOVERY_BOUND).until(() -> plants.add("back").acknowledged());
    }

    /** Without a token nothing is sent, so nothing is unknown. */
    private static boolean isHonestFailure(Answer answer) {
        assertThat(answer.took()).isLessThan(RunningPlants.ANSWER_BOUND);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("outcome")).isEqualTo("not-written");
        assertThat(answer.body().toString()).doesNotContainIgnoringCase("token").doesNotContain("127.0.0.1");
        return plants.health("liveness") == 200 && plants.health("readiness") == 200;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        switch (manner) {
            case HEALTHY -> {
                byte[] token = ("{\"access_token\":\"owner\",\"token_type\":\"Bearer\",\"expires_in\":"
                                + TWO_SECONDS_OF_USE + "}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, token.length);
                exchange.getResponseBody().write(token);
                exchange.close();
            }
            case HANGS_UP -> exchange.close();
            case SILENT -> {}
            case UNAVAILABLE -> {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            }
        }
    }

    private static void writeServiceAccount(Path file) throws Exception {
        byte[] key = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        new JsonMapper()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "type",
                                "service_account",
                                "project_id",
                                "none",
                                "client_id",
                                "1",
                                "client_email",
                                "test@none.iam.gserviceaccount.com",
                                "private_key_id",
                                "1",
                                "private_key",
                                pem,
                                "token_uri",
                                "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/token"));
    }
}
