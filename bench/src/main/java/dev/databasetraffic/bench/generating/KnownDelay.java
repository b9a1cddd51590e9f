package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.running.GoProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A service that answers after a known time, and tells when requests came and how long it took. It may stall. */
public final class KnownDelay implements AutoCloseable {

    public static final Duration STALLS_EVERY = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern ADDRESS = Pattern.compile(".*listening on (.*)");

    private final GoProgram program;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private KnownDelay(GoProgram program, URI address) {
        this.program = program;
        this.address = address;
    }

    /**
     * What it saw of the last seconds of a load.
     *
     * @param total requests that came at all
     * @param perSecond that came in those seconds
     * @param fewest in a tenth of a second; likewise {@code most}
     * @param p50Millis that it took itself; likewise the other
     * @param dueP50Millis that a request takes whenever it comes, whether or not any came then; likewise the other
     */
    public record Seen(
            long total,
            double perSecond,
            int fewest,
            int most,
            double p50Millis,
            double p99Millis,
            double dueP50Millis,
            double dueP99Millis) {}

    /** @param stall at the end of every {@link #STALLS_EVERY}, in which it answers nothing; zero for none */
    public static KnownDelay start(Path file, Duration stall) throws IOException {
        GoProgram program = GoProgram.start(new ProcessBuilder(
                file.toString(),
                "-until-eof",
                "-every=" + STALLS_EVERY.toMillis() + "ms",
                "-stall=" + stall.toMillis() + "ms"));
        return new KnownDelay(
                program, URI.create("http://" + program.listening(ADDRESS).group(1)));
    }

    public URI address() {
        return address;
    }

    /** Forgets what it saw. */
    public void forget() throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/seen")).DELETE());
    }

    /** @param seconds before the last request came */
    public Seen seen(double seconds) throws IOException, InterruptedException {
        var seen = JSON.readTree(send(HttpRequest.newBuilder(address.resolve("/seen?seconds=" + seconds))));
        return new Seen(
                seen.path("total").asLong(),
                seen.path("perSecond").asDouble(),
                seen.path("fewest").asInt(),
                seen.path("most").asInt(),
                seen.path("p50Millis").asDouble(),
                seen.path("p99Millis").asDouble(),
                seen.path("dueP50Millis").asDouble(),
                seen.path("dueP99Millis").asDouble());
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.close();
    }
}
