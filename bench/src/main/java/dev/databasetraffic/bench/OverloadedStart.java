package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.ClosedResult;
import dev.databasetraffic.bench.load.LoadStage;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.load.SilentConnections;
import dev.databasetraffic.bench.report.HeldConnections;
import dev.databasetraffic.bench.report.OverloadedRate;
import dev.databasetraffic.bench.report.ServiceLimit;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.Hop;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.bench.running.Rest;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.bench.running.ServiceWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What one start of a service is asked, from its warm-up to four times what it can serve. */
final class OverloadedStart {

    /** Connections that somebody opens and says nothing on: twice what the service has. */
    private static final int HELD = 1_600;

    /** In the part of what it can serve that it meets before, between and after. */
    private static final double USUAL = 0.5;

    /** Looks at what it can serve, at most, until one shows less than that much more than the one before. */
    private static final int LOOKS = 16;

    private static final double MORE = 1.05;

    /** An answer that takes no longer is as usual. */
    private static final Duration IN_TIME = Duration.ofMillis(250);

    private final String subject;
    private final OverloadScenario scenario;
    private final int round;
    private final Duration duration;
    private final Service service;
    private final BenchDatabase database;
    private final OpenRequest request;
    private final OpenLoad callers;
    private final OpenLoad many;

    /** @param duration of each rate, at least */
    OverloadedStart(
            String subject,
            OverloadScenario scenario,
            int round,
            Duration duration,
            Service service,
            BenchDatabase database,
            SubjectOptions subjects,
            Path folder)
            throws IOException, InterruptedException {
        this.subject = subject;
        this.scenario = scenario;
        this.round = round;
        this.duration = scenario.atLeast(duration);
        this.service = service;
        this.database = database;
        request = scenario.request(scenario.isRead() ? service.add() : "");
        callers = new OpenLoad(subjects.arrivals(), folder, OverloadScenario.CALLERS);
        many = new OpenLoad(subjects.arrivals(), folder, OpenLoad.CONNECTIONS);
    }

    /**
     * With all of a processor, for who was never refused anything, or never without a database, is not warm for that; then
     * it comes to rest.
     */
    void getUsedTo(Hop hop) throws IOException, InterruptedException {
        double whole = callers.limit(service.address(), request, duration).perSecond();
        hop.begin();
        many.run(service.address(), request, stages(whole / 2, USUAL, 2, USUAL, 4, USUAL));
        hop.end();
        Rest.await(subject, service, database);
    }

    /** What it can serve, once another look shows no more: with a share of a processor compilers take long for what is left. */
    ServiceLimit limit() throws IOException, InterruptedException {
        ServiceLimit best = look();
        for (int i = 1; i < LOOKS; i++) {
            Rest.await(subject, service, database);
            ServiceLimit now = look();
            if (now.perSecond() < MORE * best.perSecond()) {
                return now.perSecond() < best.perSecond() ? best : now;
            }
            best = now;
        }
        throw new IOException(subject + " could serve more each time of " + LOOKS + ", so it was not warm");
    }

    private ServiceLimit look() throws IOException, InterruptedException {
        Duration before = ProcessUse.cpu(service.pid());
        ClosedResult served = callers.limit(service.address(), request, duration);
        Duration used = ProcessUse.cpu(service.pid()).minus(before);
        ServiceLimit limit = new ServiceLimit(served.perSecond(), used.toNanos() / 1000.0 / served.answers());
        System.err.printf(
                Locale.ROOT,
                "round %d  %s  %s: a look at its limit shows %.0f/s at %.0f µs each%n",
                round,
                subject,
                scenario.text(),
                limit.perSecond(),
                limit.cost());
        return limit;
    }

    /** One row for each rate; at its share it has met each once before, for at the whole of a processor it was another limit. */
    List<OverloadedRate> overload(ServiceLimit limit, ServiceWatch watch) throws IOException, InterruptedException {
        List<LoadStage> stages = stages(limit.perSecond(), USUAL, 2, USUAL, 4, USUAL);
        many.run(service.address(), request.withPrefix("before-"), stages);
        Rest.await(subject, service, database);
        OpenRequest over = request.withPrefix("over-");
        List<OpenResult> results = many.run(service.address(), over, stages);
        Map<String, Integer> stored = scenario.isRead() ? Map.of() : database.stored(over.prefix());
        List<OverloadedRate> rows = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            OpenResult result = results.get(i);
            OverloadedRate row = OverloadedRate.of(
                    subject,
                    scenario.text(),
                    scenario.there(),
                    round,
                    i,
                    limit,
                    result,
                    watch.between(result.from(), result.to()),
                    result.normalAfter(IN_TIME),
                    watch.healthBetween(result.from(), result.to()),
                    scenario.isRead() ? 0 : result.wrong(stored));
            System.err.printf(Locale.ROOT, "round %d  %s%n", round, row.line());
            rows.add(row);
        }
        return rows;
    }

    /** Before, while and after connections are held. */
    HeldConnections hold(ServiceLimit limit, ServiceWatch watch) throws IOException, InterruptedException {
        try (SilentConnections silent = SilentConnections.open(service.address(), HELD, duration)) {
            List<OpenResult> results = callers.run(
                    service.address(), request.withPrefix("over-"), stages(limit.perSecond(), USUAL, USUAL, USUAL));
            HeldConnections hold = HeldConnections.of(
                    subject,
                    round,
                    limit,
                    silent,
                    results,
                    results.stream()
                            .map(result -> watch.between(result.from(), result.to()))
                            .toList(),
                    watch.healthBetween(results.get(1).from(), results.get(1).to()));
            System.err.printf(Locale.ROOT, "round %d  %s%n", round, hold.line());
            return hold;
        }
    }

    private List<LoadStage> stages(double perSecond, double... loads) {
        return DoubleStream.of(loads)
                .mapToObj(load -> new LoadStage((int) Math.round(load * perSecond), duration))
                .toList();
    }
}
