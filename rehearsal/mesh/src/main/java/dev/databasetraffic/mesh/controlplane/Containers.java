package dev.databasetraffic.mesh.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for the hosts of the mesh. A host and port that is not among them has no endpoints.
 *
 * @param addresses by {@code HOST:PORT} of the mesh
 */
record Containers(Map<String, Address> addresses) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("([^\\s:]+):([1-9][0-9]{0,4})");
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final int LAST_PORT = 65535;

    Containers {
        addresses = Map.copyOf(addresses);
    }

    /** A name that DNS knows, or an IP address, and a port. */
    record Address(String host, int port) {}

    /**
     * Reads a YAML file of lines {@code HOST:PORT: container:port}.
     *
     * @throws IOException if it cannot be read or says something else; the message names the entry
     */
    static Containers read(Path file) throws IOException {
        Map<String, Address> addresses = new LinkedHashMap<>();
        @Nullable Map<String, @Nullable String> lines;
        try {
            lines = new YAMLMapper().readValue(Files.readString(file), TEXTS);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": lines like `db.example.com:5432: db:5432` were expected", e);
        }
        if (lines == null) {
            throw new IOException(file + ": is empty; lines like `db.example.com:5432: db:5432` were expected");
        }
        for (Map.Entry<String, @Nullable String> line : lines.entrySet()) {
            Address meant = address(file, line.getKey());
            addresses.put(meant.host() + ":" + meant.port(), address(file, line.getValue()));
        }
        return new Containers(addresses);
    }

    private static Address address(Path file, @Nullable String text) throws IOException {
        Matcher parts = HOST_AND_PORT.matcher(text == null ? "" : text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
            throw new IOException(file + ": " + text + " is not a host and a port from 1 to " + LAST_PORT);
        }
        return new Address(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    Optional<Address> of(String host, int port) {
        return Optional.ofNullable(addresses.get(host + ":" + port));
    }
}
