package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndpointTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TokenEndpoint endpoint;
    private URI uri;

    @BeforeEach
    void startHealthy() throws Exception {
        endpoint = TokenEndpoint.start();
        Path file = folder.resolve("credentials.json");
        endpoint.writeCredentials(file);
        uri = URI.create(JSON.readTree(file.toFile()).path("token_uri").asText());
        assertThat(token().path("access_token").asText()).isEqualTo("owner");
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void aTokenIsUsedForTwoSecondsAtMost() throws Exception {
        assertThat(token().path("expires_in").asLong()).isEqualTo(3 * 60 + 2);
    }

    @Test
    void refusesConnectionsUntilItRecovers() throws Exception {
        endpoint.refuse();
        assertThatThrownBy(this::token).isInstanceOf(ConnectException.class);

        endpoint.recover();
        assertThat(token().path("access_token").asText()).isEqualTo("owner");
    }

    @Test
    void isSilentUntilItRecovers() throws Exception {
        endpoint.fallSilent();
        assertThatThrownBy(this::token).isInstanceOf(HttpTimeoutException.class);

        endpoint.recover();
        assertThat(token().path("access_token").asText()).isEqualTo("owner");
    }

    private JsonNode token() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(1))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
