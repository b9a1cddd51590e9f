package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a page's events as a browser does. */
final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 20_000;

    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private final List<Received> all = new ArrayList<>();

    record Received(String id, String name, JsonNode data) {}

    private EventReader(HttpURLConnection connection, InputStream stream) {
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    static EventReader open(LivePage page, @Nullable String lastSeen) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) page.address().resolve("/events").toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        if (lastSeen != null) {
            connection.setRequestProperty("Last-Event-ID", lastSeen);
        }
        return new EventReader(connection, connection.getInputStream());
    }

    /** The next event of that name; those before it are passed over. */
    Received awaitNamed(String name) throws IOException {
        Received received = next();
        while (!received.name().equals(name)) {
            received = next();
        }
        return received;
    }

    Received next() throws IOException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                Received received = new Received(id, name, JSON.readTree(data));
                all.add(received);
                return received;
            }
        }
        throw new IOException("the stream has ended");
    }

    List<Received> all() {
        return all;
    }

    Received last() {
        return all.get(all.size() - 1);
    }

    /** Whether nothing comes but the end. */
    boolean awaitEnd() throws IOException {
        return lines.readLine() == null;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
