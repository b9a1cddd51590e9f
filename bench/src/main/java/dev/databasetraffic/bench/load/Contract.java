package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.running.Service;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes sure, before anything is measured, that all subjects do the same work. */
public final class Contract {

    private static final String TOO_LONG = "x".repeat(101);
    private static final List<String> INVALID = List.of(
            "{",
            "{\"quantity\":3}",
            "{\"name\":\"\"}",
            "{\"name\":\"" + TOO_LONG + "\"}",
            "{\"name\":\"a\\nb\"}",
            "{\"name\":\"a\",\"quantity\":-1}",
            "{\"name\":\"a\",\"quantity\":1000001}",
            "{\"name\":\"a\",\"colour\":\"red\"}");

    private Contract() {}

    /** @throws IOException if the service does not keep it */
    public static void check(Service service) throws IOException, InterruptedException {
        HttpResponse<String> created = service.post("{\"name\":\"sunflower\"}");
        require(created.statusCode() == 201, "a valid plant", created);
        require(created.headers().firstValue("Location").isPresent(), "a valid plant", created);
        JsonNode body = JsonMapper.shared().readTree(created.body());
        require(
                !body.path("id").asString().isEmpty()
                        && body.path("name").asString().equals("sunflower")
                        && body.path("quantity").asInt() == 1
                        && !body.path("createdAt").asString().isEmpty(),
                "a valid plant",
                created);
        for (String invalid : INVALID) {
            HttpResponse<String> refused = service.post(invalid);
            require(refused.statusCode() == 400, invalid, refused);
            require(
                    refused.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"),
                    invalid,
                    refused);
        }
    }

    private static void require(boolean held, String request, HttpResponse<String> response) throws IOException {
        if (!held) {
            throw new IOException("The service does not keep the contract. It answered to " + request + ": "
                    + response.statusCode() + " " + response.headers().map() + " " + response.body());
        }
    }
}
