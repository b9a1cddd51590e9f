package dev.databasetraffic.bench.running;

import dev.databasetraffic.bench.load.OpenResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Looks ten times a second at a service that is loaded. */
public final class ServiceWatch implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * One look.
     *
     * @param cpu that the service has used so far
     * @param health milliseconds that it took to say how it is; NaN where it cannot be asked
     */
    public record Look(Instant at, Duration cpu, int threads, double residentMegabytes, double health) {}

    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread thread;

    private ServiceWatch(Service service) {
        thread = new Thread(() -> watch(service), "watch");
    }

    public static ServiceWatch start(Service service) {
        ServiceWatch watch = new ServiceWatch(service);
        watch.thread.start();
        return watch;
    }

    /** Those while these requests were due, and the last before it. */
    public List<Look> during(OpenResult load) {
        Instant from = load.from();
        Instant to = from.plus(load.stage().duration());
        List<Look> all = new ArrayList<>(looks);
        Optional<Look> before =
                all.stream().filter(look -> look.at().isBefore(from)).reduce((first, second) -> second);
        List<Look> those = new ArrayList<>();
        before.ifPresent(those::add);
        all.stream()
                .filter(look -> !look.at().isBefore(from) && look.at().isBefore(to))
                .forEach(those::add);
        return those;
    }

    /** Microseconds of processor time from the first look to the last. */
    public static double cpuMicros(List<Look> looks) {
        return looks.get(looks.size() - 1).cpu().minus(looks.get(0).cpu()).toNanos() / 1000.0;
    }

    private void watch(Service service) {
        try {
            while (!Thread.interrupted()) {
                Instant next = Instant.now().plus(PACE);
                looks.add(new Look(
                        Instant.now(),
                        ProcessUse.cpu(service.pid()),
                        ProcessUse.threads(service.pid()),
                        ProcessUse.residentBytes(service.pid()) / 1e6,
                        health(service.readiness())));
                Thread.sleep(Math.max(0, Duration.between(Instant.now(), next).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The service is not watched any more: " + e.getMessage());
        }
    }

    private double health(@Nullable URI page) throws InterruptedException {
        if (page == null) {
            return Double.NaN;
        }
        long asked = System.nanoTime();
        try {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(page).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200 ? (System.nanoTime() - asked) / 1e6 : PATIENCE.toMillis();
        } catch (IOException e) {
            return PATIENCE.toMillis();
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
