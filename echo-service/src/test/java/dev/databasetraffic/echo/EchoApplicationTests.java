package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

@ExtendWith(OutputCaptureExtension.class)
class EchoApplicationTests {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itIsReadyOnceAllListenersAreBoundAndNotBefore() throws Exception {
        try (ConfigurableApplicationContext application = start(ReadinessBeforeListeners.class)) {
            assertThat(application.getBean(ReadinessBeforeListeners.class).statuses)
                    .containsExactly(503);
            assertThat(get(application, "health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(application, "health/liveness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theManagementPortTellsAndSwitchesWhatAListenerDoes() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            int port = Objects.requireNonNull(
                            application.getBean(Listeners.class).byName().get("echo"))
                    .port();
            assertThat(get(application, "behaviour").body())
                    .contains("\"echo\":{\"port\":" + port + ",\"behaviour\":\"echo\",\"activeConnections\":0}")
                    .contains("\"silent\"", "\"reset\"", "\"slow\"");

            HttpResponse<String> switched = post(application, "behaviour/echo", "{\"behaviour\": \"reset\"}");
            assertThat(switched.statusCode()).isEqualTo(200);
            assertThat(switched.body()).contains("\"behaviour\":\"reset\"");
            assertThat(get(application, "behaviour/echo").body()).contains("\"behaviour\":\"reset\"");
            try (Peer peer = Peer.connectTo(port)) {
                peer.send("hello").receivesReset();
            }
            assertThat(get(application, "prometheus").body())
                    .contains("echo_connections_total{behaviour=\"reset\",listener=\"echo\"} 1.0")
                    .contains("echo_received_bytes_total{behaviour=\"reset\",listener=\"echo\"} 5.0");
        }
    }

    @Test
    void aSwitchToWhatDoesNotExistIsRefusedWithWhatDoes() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            HttpResponse<String> noListener = post(application, "behaviour/nope", "{\"behaviour\": \"reset\"}");
            assertThat(noListener.statusCode()).isEqualTo(404);
            assertThat(noListener.body()).contains("echo, reset, silent, slow").doesNotContain("nope");
            assertThat(get(application, "behaviour/nope").statusCode()).isEqualTo(404);

            for (String body : List.of("{\"behaviour\": \"nope\"}", "{}", "{\"behaviour\": \"RESET\"}")) {
                HttpResponse<String> noBehaviour = post(application, "behaviour/echo", body);
                assertThat(noBehaviour.statusCode()).isEqualTo(400);
                assertThat(noBehaviour.body())
                        .contains("echo, silent, reset, slow")
                        .doesNotContain("nope");
            }
            assertThat(get(application, "behaviour/echo").body()).contains("\"behaviour\":\"echo\"");
        }
    }

    @Test
    void httpIsSpokenOnTheManagementPortAloneAndTellsOnlyWhatOperationsNeed() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(application.getEnvironment().getProperty("local.server.port", Integer.class))
                    .isEqualTo(-1);
            for (String hidden : List.of("env", "beans", "heapdump", "threaddump", "loggers", "configprops")) {
                assertThat(get(application, hidden).statusCode()).as(hidden).isEqualTo(404);
            }
        }
    }

    @Test
    void aSupervisorFindsTheManagementPortInTheFileItAskedFor(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("port");
        try (ConfigurableApplicationContext application = start("--echo.management-port-file=" + file)) {
            assertThat(Files.readString(file)).isEqualTo(String.valueOf(managementPort(application.getEnvironment())));
        }
    }

    @Test
    void aPortThatIsTakenIsToldInOneParagraphWithWhatToDo(CapturedOutput output) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(
                            "--echo.listeners.other.port=" + other.getLocalPort(),
                            "--echo.listeners.other.behaviour=silent"))
                    .hasCauseInstanceOf(ListenerBindException.class);
            assertThat(output)
                    .contains("Listener 'other' cannot bind port " + other.getLocalPort()
                            + " of 127.0.0.1: Address already in use")
                    .contains("Stop what uses the port, or set another with echo.listeners.other.port");
        }
    }

    private ConfigurableApplicationContext start(Object... sourcesAndArguments) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(EchoApplication.class);
        List<String> arguments = new ArrayList<>(List.of(
                "--management.server.port=0", "--management.server.address=127.0.0.1", "--echo.address=127.0.0.1"));
        for (Behaviour behaviour : Behaviour.values()) {
            arguments.add("--echo.listeners." + behaviour.label() + ".port=0");
        }
        for (Object extra : sourcesAndArguments) {
            if (extra instanceof Class<?> source) {
                builder.sources(source);
            } else {
                arguments.add((String) extra);
            }
        }
        return builder.run(arguments.toArray(String[]::new));
    }

    private HttpResponse<String> get(ConfigurableApplicationContext application, String path) throws Exception {
        return http.send(request(application.getEnvironment(), path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(ConfigurableApplicationContext application, String path, String json)
            throws Exception {
        return http.send(
                request(application.getEnvironment(), path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Environment environment, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + managementPort(environment) + "/actuator/" + path));
    }

    private static int managementPort(Environment environment) {
        return environment.getRequiredProperty("local.management.port", Integer.class);
    }

    /** Starts after the management server and before the listeners, and asks for readiness in between. */
    static class ReadinessBeforeListeners implements SmartLifecycle {

        private final List<Integer> statuses = new ArrayList<>();
        private final Environment environment;

        ReadinessBeforeListeners(Environment environment) {
            this.environment = environment;
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE - 1;
        }

        @Override
        public void start() {
            try {
                statuses.add(HttpClient.newHttpClient()
                        .send(request(environment, "health/readiness").build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            // Nothing was started.
        }

        @Override
        public boolean isRunning() {
            return !statuses.isEmpty();
        }
    }
}
