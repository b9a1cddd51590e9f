package dev.databasetraffic.rehearsal.experiment;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes at a rate that may be changed at any time, for nobody's verdict: nothing is kept of a write that has ended. */
public final class LiveLoad implements AutoCloseable {

    public static final int MOST = 500;

    private static final int CONCURRENCY = 4096;

    private final Caller caller;
    private final Duration timeout;
    private final RunClock clock = RunClock.startNow();
    private final String names = "live-" + RunId.next() + "-";
    private final UnderWay underWay;
    private @Nullable OpenLoop loop;
    private int rate;

    /**
     * Writes nothing yet.
     *
     * @param ended told of each write that has ended; on any thread, and must return at once
     */
    public LiveLoad(URI service, Experiment experiment, Consumer<Write> ended) {
        caller = new Caller(service, experiment);
        timeout = experiment.load().timeout();
        underWay = new UnderWay(ended);
    }

    /** Writes begun per second. */
    public synchronized int rate() {
        return rate;
    }

    /**
     * Changes the rate; those in flight go on.
     *
     * @param perSecond from 0 to {@link #MOST}
     */
    public synchronized void setRate(int perSecond) {
        if (perSecond < 0 || perSecond > MOST) {
            throw new IllegalArgumentException("a rate is from 0 to " + MOST + " writes per second");
        }
        end();
        rate = perSecond;
        if (perSecond > 0) {
            loop = new OpenLoop(load(perSecond), caller, underWay, clock, number -> names + number, late -> {});
        }
    }

    @Override
    public synchronized void close() {
        end();
        caller.close();
    }

    private void end() {
        if (loop != null) {
            loop.close();
            loop = null;
        }
    }

    private Experiment.Load load(int perSecond) {
        return new Experiment.Load(perSecond, CONCURRENCY, timeout);
    }

    /** Knows the writes that have not ended. */
    private static final class UnderWay implements Entries {

        private final Consumer<Write> ended;
        private final AtomicInteger next = new AtomicInteger();
        private final Map<Integer, Long> starts = new ConcurrentHashMap<>();

        UnderWay(Consumer<Write> ended) {
            this.ended = ended;
        }

        @Override
        public int begin(long start) {
            int number = next.getAndIncrement();
            starts.put(number, start);
            return number;
        }

        @Override
        public void end(int number, long end, Answer answer) {
            Long start = starts.remove(number);
            if (start != null) {
                ended.accept(new Write(
                        number,
                        Duration.ofNanos(start),
                        Duration.ofNanos(Math.max(0, end - start)),
                        answer,
                        Write.Settlement.NONE));
            }
        }

        @Override
        public int inFlight() {
            return starts.size();
        }
    }
}
