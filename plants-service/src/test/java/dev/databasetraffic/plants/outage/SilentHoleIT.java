package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.plants.outage.RunningPlants.Answer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many callers at once while the database takes every call and answers none; each repeats as the service tells it. */
@Tag("long")
class SilentHoleIT {

    private static final int CALLERS = 500;
    private static final Pattern CALLERS_THREADS =
            Pattern.compile("HttpClient-|ForkJoinPool|Thread-|CompletableFuture");
    private static final Pattern TOMCATS_THREADS = Pattern.compile("http-nio-.*-exec-");
    private static final Duration HOLE = Duration.ofSeconds(8);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int JITTER_MILLIS = 500;
    private static final Duration WARM_BOUND = Duration.ofSeconds(60);
    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);
    /** Of the median, because the callers and other tests share the machine; whoever asked the database would wait 2 s. */
    private static final Duration HEALTH_BOUND = Duration.ofMillis(50);

    private static final Duration SAMPLE_INTERVAL = Duration.ofMillis(20);

    /** A thread kept for each caller would exceed it many times over. */
    private static final int FEW_THREADS = 25;

    /** For a caller who waits: both ends of the connection are in this JVM, and Tomcat keeps its end's buffers. */
    private static final long BYTES_PER_CALLER = 128L << 10;

    /** By which the heap may grow while a thousand requests fail. */
    private static final long FEW_BYTES = 4L << 20;

    private static final int THREAD_SAMPLES = 20;
    private static final int HEAP_SAMPLES = 4;
    private static final Duration HEAP_SAMPLE_INTERVAL = Duration.ofMillis(500);

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path folder;

    private static final String PROJECT = "hole-" + UUID.randomUUID().toString().substring(0, 8);
    private static FaultyFirestore relay;
    private static RunningPlants plants;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeAll
    static void startHealthy() {
        relay = new FaultyFirestore(firestore, folder);
        plants = relay.start(PROJECT);
    }

    @AfterAll
    static void stop() {
        plants.close();
        relay.close();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void fiveHundredCallersCostNothingAndAreServedOnceWhenItEnds() throws Exception {
        // A cold JVM on a busy machine is slower than the deadline at first.
        await().atMost(WARM_BOUND).untilAsserted(() -> {
            failures.set(0);
            callers("healthy").forEach(CompletableFuture::join);
            assertThat(failures).hasValue(0);
        });
        asked.set(0);
        requests.set(0);
        relay.countWrites();
        Map<String, Long> threads = threads();
        long heap = heap();

        relay.silent(true);
        List<CompletableFuture<Void>> callers = callers("hole");
        List<Duration> health = new ArrayList<>();
        List<Map<String, Long>> threadsInHole = new ArrayList<>();
        List<Long> heapInHole = new ArrayList<>();
        for (long begin = System.nanoTime(), heapDue = begin;
                System.nanoTime() - begin < HOLE.toNanos() || heapInHole.size() < HEAP_SAMPLES;
                LockSupport.parkNanos(SAMPLE_INTERVAL.toNanos())) {
            health.add(timeOfHealth("liveness"));
            health.add(timeOfHealth("readiness"));
            if (asked.get() >= CALLERS && threadsInHole.size() < THREAD_SAMPLES) {
                threadsInHole.add(threads());
            }
            // Once each has been answered, connections and buffers are there, and nothing more should come.
            if (failures.get() >= CALLERS && System.nanoTime() >= heapDue) {
                heapInHole.add(heap());
                heapDue = System.nanoTime() + HEAP_SAMPLE_INTERVAL.toNanos();
            }
        }
        assertThat(callers).as("nobody is served in the hole").noneMatch(CompletableFuture::isDone);
        assertThat(failures.get()).isGreaterThan(CALLERS);
        // The least of several, because a burst of callers that is being answered is no cost that stays.
        Map<String, Long> fewest = Collections.min(threadsInHole, Comparator.comparing(SilentHoleIT::count));
        assertThat(count(fewest))
                .as("threads were " + threads + ", are " + fewest)
                .isLessThan(count(threads) + FEW_THREADS);
        int half = heapInHole.size() / 2;
        long early = Collections.min(heapInHole.subList(0, half));
        long late = Collections.min(heapInHole.subList(half, heapInHole.size()));
        System.out.println("HEAP " + heap + heapInHole);
        assertThat(late - early).as("heap in the hole is " + heapInHole).isLessThan(FEW_BYTES);
        assertThat(late - heap).as("heap was " + heap + ", is " + heapInHole).isLessThan(BYTES_PER_CALLER * CALLERS);
        assertThat(health.stream().sorted().toList().get(health.size() / 2))
                .as("median of " + health.size() + " answers about health")
                .isLessThan(HEALTH_BOUND);
        int writesInHole = relay.countWrites();

        relay.silent(false);
        long returned = System.nanoTime();
        CompletableFuture.anyOf(callers.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(Duration.ofNanos(System.nanoTime() - returned)).isLessThan(RECOVERY_BOUND);
        callers.forEach(CompletableFuture::join);
        int writesAfter = relay.countWrites();
        assertThat(writesAfter).as("no herd at the return").isLessThanOrEqualTo(CALLERS * 11 / 10);
        assertThat(writesInHole + writesAfter)
                .as("writes that reached the database")
                .isLessThanOrEqualTo(requests.get() * 11 / 10);
        assertThat(RunningPlants.storedNames(firestore.host(), firestore.port(), PROJECT).stream()
                        .filter(name -> name.startsWith("hole-")))
                .hasSize(CALLERS)
                .doesNotHaveDuplicates();
    }

    /** They begin within half a second, well before the first of them fails. */
    private List<CompletableFuture<Void>> callers(String name) {
        return IntStream.range(0, CALLERS)
                .mapToObj(i -> ask(name + "-" + i, Duration.ofMillis(i)))
                .toList();
    }

    /** Completes when the plant is added. */
    private CompletableFuture<Void> ask(String name, Duration delay) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            asked.incrementAndGet();
                            return plants.addLater(name, "Idempotency-Key", name);
                        },
                        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(Function.identity())
                .thenCompose(answer -> {
                    requests.incrementAndGet();
                    return answer.acknowledged() ? CompletableFuture.completedFuture(null) : repeat(name, answer);
                });
    }

    private CompletableFuture<Void> repeat(String name, Answer failure) {
        failures.incrementAndGet();
        assertThat(failure.status()).isIn(503, 504);
        assertThat(failure.text("outcome")).isEqualTo(failure.status() == 503 ? "not-written" : "unknown");
        return ask(name, RETRY_AFTER.plusMillis(ThreadLocalRandom.current().nextInt(JITTER_MILLIS)));
    }

    private static Duration timeOfHealth(String group) {
        long asked = System.nanoTime();
        assertThat(plants.health(group)).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    /**
     * The service's threads by the pool that they belong to; those of the callers here have no part in it, nor has what
     * Tomcat keeps for the next burst.
     */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread ->
                        !TOMCATS_THREADS.matcher(thread.getKey().getName()).lookingAt()
                                || Stream.of(thread.getValue()).anyMatch(SilentHoleIT::isOurs))
                .map(thread -> thread.getKey().getName().replaceAll("[0-9]+", "N"))
                .filter(name -> !CALLERS_THREADS.matcher(name).lookingAt())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith("dev.databasetraffic.plants.");
    }

    private static long count(Map<String, Long> threads) {
        return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes that are in use for good. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
