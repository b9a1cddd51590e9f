package dev.databasetraffic.bench.passing;

import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.GoProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program that loads what passes bytes, and is the target behind it. */
public final class BytesPeer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern ADDRESSES = Pattern.compile(".*target .*:(\\d+) listening on (.*)");

    private final GoProgram program;
    private final int target;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private BytesPeer(GoProgram program, int target, URI address) {
        this.program = program;
        this.target = target;
        this.address = address;
    }

    /**
     * What a load gave.
     *
     * @param perSecond megabytes, connections or messages
     * @param units of them, in all
     * @param p50Micros of a connection or message, 0 for a stream; likewise the other
     */
    public record Passed(double perSecond, double units, double p50Micros, double p99Micros) {}

    /** Greets under the name that the router knows its target by. */
    public static BytesPeer start(Path file) throws IOException {
        GoProgram program =
                GoProgram.start(new ProcessBuilder(file.toString(), "-until-eof", "-name", BenchDatabase.AUTHORITY));
        Matcher said = program.listening(ADDRESSES);
        return new BytesPeer(program, Integer.parseInt(said.group(1)), URI.create("http://" + said.group(2)));
    }

    /** The port of the target. */
    public int target() {
        return target;
    }

    /** @throws IOException also if anything was lost or refused */
    public Passed run(BytesLoad load, InetSocketAddress through, double seconds)
            throws IOException, InterruptedException {
        String asked = String.format(
                Locale.ROOT,
                "/%s?through=%s:%d&count=%d&seconds=%s",
                load.path(),
                through.getAddress().getHostAddress(),
                through.getPort(),
                load.callers(),
                seconds);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address.resolve(asked)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body().strip());
        }
        JsonNode said = JSON.readTree(answer.body());
        return new Passed(
                said.path("perSecond").asDouble(),
                said.path("units").asDouble(),
                said.path("p50Micros").asDouble(),
                said.path("p99Micros").asDouble());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.close();
    }
}
