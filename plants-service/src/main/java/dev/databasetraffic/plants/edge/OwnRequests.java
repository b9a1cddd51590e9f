package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.firestore.WarmUp;
import dev.databasetraffic.plants.inventory.DryRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Adds plants in a {@link DryRun}, over HTTP like any caller, until the service gets no faster: what a JVM has not done a
 * few thousand times costs it ten times as much, and its compilers take the processors from the first callers. Requests of
 * another kind would not do, for the compiler leaves out what it never saw happen. They come in bursts: once it is known
 * what is to be compiled, more of them would only keep the processors from the compilers.
 */
@Component
final class OwnRequests implements WarmUp.Load {

    private static final Logger log = LoggerFactory.getLogger(OwnRequests.class);

    /** Enough for writes to be grouped; more would take the processors from another replica that is at work beside it. */
    private static final int CALLERS_AT_MOST = 8;

    private static final Duration BURST = Duration.ofMillis(500);

    private static final byte[] PLANT = "{\"name\":\"dry run\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8);

    private final DryRun dryRun;
    private final Compilers compilers = new Compilers();
    private final int callersAtOnce;
    private final int patienceMillis;
    private volatile int port;

    OwnRequests(DryRun dryRun, HttpProperties properties) {
        this.dryRun = dryRun;
        callersAtOnce = Math.min(CALLERS_AT_MOST, properties.maxRequests());
        patienceMillis = Math.toIntExact(properties.bodyTimeout().toMillis());
    }

    @EventListener
    void opened(WebServerInitializedEvent event) {
        // Management's has a name.
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @Override
    public CompletableFuture<Void> run(Duration longest) {
        return CompletableFuture.runAsync(() -> new Run().load(longest), task -> start(task, "warm-up"));
    }

    private static Thread start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private final class Run {

        private final AtomicLong begun = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();
        private final AtomicBoolean failed = new AtomicBoolean();

        void load(Duration longest) {
            long end = System.nanoTime() + longest.toNanos();
            LoadProgress progress = new LoadProgress();
            try {
                while (!failed.get() && !progress.isOver() && System.nanoTime() - end < 0) {
                    Duration before = compilers.worked();
                    long answers = burst(end);
                    compilers.awaitCaughtUp(end);
                    progress.burst(answers, compilers.worked().minus(before));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            log.info(
                    "Answered {} requests of its own, {} a second at best",
                    progress.answered(),
                    progress.best() * 1000 / BURST.toMillis());
            // What a start leaves behind fills the old generation, whose first collection would come in the first
            // overload: a third of a second, on half a processor, in which nobody is answered.
            System.gc();
        }

        /** How many were answered. */
        private long burst(long latest) throws InterruptedException {
            long before = answered.get();
            long end = System.nanoTime() + Math.min(BURST.toNanos(), latest - System.nanoTime());
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < callersAtOnce; i++) {
                callers.add(start(() -> call(end), "warm-up-" + i));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            return answered.get() - before;
        }

        private void call(long end) {
            try {
                while (!failed.get() && System.nanoTime() - end < 0) {
                    HttpStatus status = HttpStatus.valueOf(add(dryRun.idempotencyKey(begun.incrementAndGet())));
                    if (status != HttpStatus.CREATED) {
                        throw new IOException("one was answered with " + status);
                    }
                    answered.incrementAndGet();
                }
            } catch (IOException | RuntimeException problem) {
                // It has begun to work before, so who is ready without them is only slower.
                if (failed.compareAndSet(false, true)) {
                    log.warn("Ready without more requests of its own: {}", problem.toString());
                }
            }
        }

        private int add(String idempotencyKey) throws IOException {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/plants")
                            .toURL()
                            .openConnection();
            request.setRequestMethod(HttpMethod.POST.name());
            request.setConnectTimeout(patienceMillis);
            request.setReadTimeout(patienceMillis);
            request.setRequestProperty(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
            request.setRequestProperty("Idempotency-Key", idempotencyKey);
            request.setDoOutput(true);
            request.getOutputStream().write(PLANT);
            int status = request.getResponseCode();
            // A connection is used again once all of an answer was read.
            try (InputStream answer = status < 400 ? request.getInputStream() : request.getErrorStream()) {
                if (answer != null) {
                    answer.readAllBytes();
                }
            }
            return status;
        }
    }
}
