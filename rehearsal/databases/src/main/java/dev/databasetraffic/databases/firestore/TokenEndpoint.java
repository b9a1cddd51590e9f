package dev.databasetraffic.databases.firestore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A fake of Google's token endpoint, for rehearsals only: whoever asks gets the emulator's owner token. It is good for two
 * seconds, so that it runs out in any outage of the endpoint; a real one is good for an hour.
 */
public final class TokenEndpoint implements AutoCloseable {

    /** Google's library does not use a token in its last three minutes: {@code OAuth2Credentials}, expiration margin. */
    private static final Duration NEVER_USED = Duration.ofMinutes(3);

    private static final Duration GOOD_FOR = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InetSocketAddress address;
    private HttpServer server;
    private volatile boolean silent;

    private TokenEndpoint(HttpServer server) {
        this.server = server;
        this.address = server.getAddress();
    }

    /**
     * Returns when it answers.
     *
     * @throws IOException if it cannot listen
     */
    public static TokenEndpoint start() throws IOException {
        TokenEndpoint endpoint = new TokenEndpoint(HttpServer.create(Loopback.at(LoopbackPorts.free()), 0));
        endpoint.serve();
        return endpoint;
    }

    /**
     * Writes application default credentials that fetch their tokens here.
     *
     * @throws IOException if the file cannot be written
     */
    public void writeCredentials(Path file) throws IOException {
        JSON.writeValue(
                file.toFile(),
                Map.of(
                        "type", "authorized_user",
                        "client_id", "rehearsal",
                        "client_secret", "none",
                        "refresh_token", "none",
                        "token_uri", "http://127.0.0.1:" + address.getPort() + "/token"));
    }

    /** Refuses connections from now on, and ends those that are open. */
    public synchronized void refuse() {
        server.stop(0);
    }

    /** Takes requests from now on and never answers them, not even after {@link #recover}. */
    public void fallSilent() {
        silent = true;
    }

    /**
     * Answers again.
     *
     * @throws IOException if somebody else has its port now
     */
    public synchronized void recover() throws IOException {
        if (silent) {
            silent = false;
            return;
        }
        try {
            server.stop(0);
            server = HttpServer.create(address, 0);
            serve();
        } catch (IOException e) {
            throw new IOException("port " + address.getPort() + " of the token endpoint was taken meanwhile", e);
        }
    }

    @Override
    public synchronized void close() {
        server.stop(0);
    }

    private void serve() {
        server.createContext("/token", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (silent) {
            return;
        }
        byte[] token = JSON.writeValueAsBytes(Map.of(
                "access_token",
                "owner",
                "token_type",
                "Bearer",
                "expires_in",
                NEVER_USED.plus(GOOD_FOR).toSeconds()));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, token.length);
        exchange.getResponseBody().write(token);
        exchange.close();
    }
}
