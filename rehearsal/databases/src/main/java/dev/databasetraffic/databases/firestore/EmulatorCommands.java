package dev.databasetraffic.databases.firestore;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator can be told that Firestore cannot.
 *
 * @param emulator base of its REST interface
 * @param lastWords the end of its log, for a message
 */
record EmulatorCommands(URI emulator, Supplier<String> lastWords) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String EXPORT = "export";

    void clear(String project) throws EmulatorException {
        command(
                "DELETE",
                "/emulator/v1/projects/" + encoded(project) + "/databases/(default)/documents",
                null,
                "clear the project " + project);
    }

    Path export(String project, Path folder) throws EmulatorException {
        command(
                "POST",
                "/emulator/v1/projects/" + encoded(project) + ":export",
                "{\"database\": \"projects/" + project + "/databases/(default)\", \"export_directory\": \""
                        + folder.toAbsolutePath().toString().replace("\\", "\\\\") + "\", \"export_name\": \"" + EXPORT
                        + "\"}",
                "export the project " + project);
        return folder.resolve(EXPORT).resolve(EXPORT + ".overall_export_metadata");
    }

    private void command(String method, String path, @Nullable String body, String purpose) throws EmulatorException {
        String who = "The Firestore emulator at " + emulator.getAuthority();
        int status;
        try {
            status = request(method, emulator.resolve(path), body);
        } catch (IOException e) {
            throw new EmulatorException(who + " did not " + purpose + " (" + e + ")." + lastWords.get(), e);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new EmulatorException(who + " refused to " + purpose + " (HTTP status " + status + ").");
        }
    }

    private static int request(String method, URI uri, @Nullable String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            connection.setRequestMethod(method);
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static String encoded(String project) {
        return URLEncoder.encode(project, StandardCharsets.UTF_8);
    }
}
