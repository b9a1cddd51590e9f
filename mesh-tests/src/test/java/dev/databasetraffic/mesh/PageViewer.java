package dev.databasetraffic.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.page.LivePage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** Follows a page's events as a browser does, for what they say of the service graph. */
final class PageViewer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";

    /** As long as it may take until a rule is in a proxy and looked for there. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BufferedReader events;

    PageViewer(LivePage page) throws IOException {
        URI address = page.address().resolve("/events");
        URLConnection connection = address.toURL().openConnection();
        connection.setReadTimeout((int) PATIENCE.toMillis());
        events = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The first node of that name, in whatever is told from now on, that is as it is waited for. */
    JsonNode awaitNode(String name, Predicate<JsonNode> expected) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String line = events.readLine(); line != null && System.nanoTime() < end; line = events.readLine()) {
            if (line.startsWith(DATA)) {
                for (JsonNode node :
                        JSON.readTree(line.substring(DATA.length())).at("/scene/nodes")) {
                    if (node.path("name").asText().equals(name) && expected.test(node)) {
                        return node;
                    }
                }
            }
        }
        throw new AssertionError(name + " was not shown as expected within " + PATIENCE);
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
