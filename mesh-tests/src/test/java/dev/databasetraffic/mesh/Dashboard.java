package dev.databasetraffic.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The queries of Grafana's dashboard, asked of Prometheus as Grafana asks them. */
final class Dashboard {

    private static final Path FILE = Project.HOME.resolve("compose/grafana/dashboards/outage.json");
    private static final String PROMETHEUS = "http://127.0.0.1:9090/api/v1/query?query=";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    /** Every PromQL expression of every panel. */
    List<String> queries() {
        try {
            List<String> queries = new ArrayList<>();
            for (JsonNode panel : JSON.readTree(FILE.toFile()).path("panels")) {
                panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr").asText()));
            }
            return queries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values that a query has now: one per series, without those that have none. */
    List<Double> values(String query) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(PROMETHEUS + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            List<Double> values = new ArrayList<>();
            for (JsonNode series : JSON.readTree(response.body()).at("/data/result")) {
                double value = series.at("/value/1").asDouble();
                if (!Double.isNaN(value)) {
                    values.add(value);
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
