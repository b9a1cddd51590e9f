package dev.databasetraffic.rehearsal.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out another site in the same browser, whose requests carry a foreign Origin or, if it has its own name lead here,
 * a foreign Host; and another user of the machine, who does not know the token of this run.
 */
final class RequestGuard {

    private static final int HTTP = 80;

    private final byte[] token;
    private final Set<String> hosts;

    RequestGuard(String token, int port) {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        // Browsers leave out the port that every http address has.
        String suffix = port == HTTP ? "" : ":" + port;
        this.hosts = Set.of("127.0.0.1" + suffix, "localhost" + suffix);
    }

    /** A request that is turned away. */
    record Denial(int status, String why) {}

    /** @return null if the request may look */
    @Nullable
    Denial looking(HttpExchange exchange) {
        return hosts.contains(only(exchange.getRequestHeaders(), "Host"))
                ? null
                : new Denial(421, "This is no host of this page; open the address that ./rehearse printed.");
    }

    /** @return null if the request may switch */
    @Nullable
    Denial switching(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        Denial refusal = looking(exchange);
        if (refusal != null) {
            return refusal;
        }
        if (!only(headers, "Origin").equals("http://" + only(headers, "Host"))) {
            return new Denial(403, "Only the page itself may switch something.");
        }
        if (!MessageDigest.isEqual(token, only(headers, "X-Rehearsal-Token").getBytes(StandardCharsets.UTF_8))) {
            return new Denial(
                    403, "Only who has this run's token may switch something; it is in the address that was printed.");
        }
        // What a form of another site cannot send.
        return only(headers, "Content-Type").equals("application/json")
                ? null
                : new Denial(415, "Content-Type: application/json is expected.");
    }

    /** The header's value; empty if there is none, or more than one. */
    private static String only(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }
}
