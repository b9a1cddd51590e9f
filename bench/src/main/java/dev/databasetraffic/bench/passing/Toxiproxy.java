package dev.databasetraffic.bench.passing;

import dev.databasetraffic.kit.Command;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** toxiproxy with a proxy that has no toxic. It takes a port, and reads no greeting. */
public record Toxiproxy(Path program) implements Passer {

    public static final String NAME = "toxiproxy";

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private static final Pattern MODULE = Pattern.compile("\\bmod\\s+\\S+\\s+(\\S+)");

    /** It logs each connection otherwise, which the others do not. */
    private static final Map<String, String> QUIET = Map.of("LOG_LEVEL", "error");

    @Override
    public String name() {
        return NAME;
    }

    /** Such as {@code v2.5.0}: what Go noted, for what was built by {@code go install} calls itself "git". */
    public String version() throws IOException, InterruptedException {
        String told = Command.of("go", "version", "-m", program.toString())
                .succeed(ANSWERS_WITHIN)
                .told();
        Matcher module = MODULE.matcher(told);
        return module.find() ? module.group(1) : "of an unknown version";
    }

    @Override
    public Passage open(InetSocketAddress target, Path folder) throws IOException, InterruptedException {
        InetSocketAddress api = Loopback.at(LoopbackPorts.free());
        Passage passage = Passage.through(
                "toxiproxy",
                List.of(program.toString(), "-host", "127.0.0.1", "-port", Integer.toString(api.getPort())),
                QUIET,
                folder,
                api);
        try {
            int port = LoopbackPorts.free();
            proxy(api, port, target.getPort());
            return passage.at(Loopback.at(port));
        } catch (IOException | InterruptedException e) {
            passage.close();
            throw e;
        }
    }

    private static void proxy(InetSocketAddress api, int port, int target) throws IOException, InterruptedException {
        String wish = String.format(
                Locale.ROOT,
                "{\"name\":\"target\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\",\"enabled\":true}",
                port,
                target);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.getPort() + "/proxies"))
                                .timeout(ANSWERS_WITHIN)
                                .POST(HttpRequest.BodyPublishers.ofString(wish))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("toxiproxy made no proxy, but said: " + answer.body());
        }
    }
}
