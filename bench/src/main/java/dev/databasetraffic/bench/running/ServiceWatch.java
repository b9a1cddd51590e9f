package dev.databasetraffic.bench.running;

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
     */
    public record Look(Instant at, Duration cpu, int threads, double residentMegabytes) {}

    /** @param millis that it took to say how it is */
    private record Health(Instant asked, double millis) {}

    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final List<Health> healths = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Thread> threads;

    private ServiceWatch(Service service) {
        threads = List.of(
                new Thread(() -> watch(() -> looks.add(look(service.pid()))), "watch"),
                new Thread(() -> watch(() -> ask(service.readiness())), "health"));
    }

    public static ServiceWatch start(Service service) {
        ServiceWatch watch = new ServiceWatch(service);
        watch.threads.forEach(Thread::start);
        return watch;
    }

    /** Those of that time, and the last before it. */
    public List<Look> between(Instant from, Instant to) {
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

    /** Longest time in milliseconds that it then took to say how it is; NaN if it was not asked. */
    public double healthBetween(Instant from, Instant to) {
        return healths.stream()
                .filter(health ->
                        !health.asked().isBefore(from) && health.asked().isBefore(to))
                .mapToDouble(Health::millis)
                .max()
                .orElse(Double.NaN);
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private static void watch(Step step) {
        try {
            while (!Thread.interrupted()) {
                Instant next = Instant.now().plus(PACE);
                step.take();
                Thread.sleep(Math.max(0, Duration.between(Instant.now(), next).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The service is not watched any more: " + e.getMessage());
        }
    }

    private static Look look(long pid) throws IOException {
        return new Look(
                Instant.now(), ProcessUse.cpu(pid), ProcessUse.threads(pid), ProcessUse.residentBytes(pid) / 1e6);
    }

    private void ask(@Nullable URI page) throws InterruptedException {
        if (page == null) {
            return;
        }
        Instant asked = Instant.now();
        double millis = PATIENCE.toMillis();
        try {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(page).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() == 200) {
                millis = Duration.between(asked, Instant.now()).toNanos() / 1e6;
            }
        } catch (IOException e) {
            // It did not say so in time.
        }
        healths.add(new Health(asked, millis));
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
