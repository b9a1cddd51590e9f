package dev.databasetraffic.rehearsal.report;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import dev.databasetraffic.rehearsal.experiment.Account;
import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.LoadFigures;
import dev.databasetraffic.rehearsal.experiment.Operation;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run as one page that needs nothing else: no script, no font, no request. */
final class Page {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String NONE = "–";

    private final Run run;

    private Page(Run run) {
        this.run = run;
    }

    static String of(Run run) {
        return Templates.render("report.html", new Page(run).view());
    }

    // What the template reads.

    record View(
            String title,
            String place,
            String when,
            String length,
            String id,
            String state,
            String mark,
            String verdict,
            @Nullable String problem,
            List<CheckView> broken,
            List<Card> cards,
            boolean drawn,
            String wideTimeline,
            String narrowTimeline,
            String timelineStyle,
            List<CheckView> checks,
            List<AnswerGroup> answers,
            List<PhaseRow> phases,
            List<Fact> ledger,
            List<Fact> events,
            List<String> examples,
            List<String> notes,
            List<Fact> environment,
            List<Fact> definition) {}

    record CheckView(String claim, String tolerance, String observed, String state, String mark, String result) {}

    record Card(String name, String value, String remark, String state) {}

    record AnswerGroup(String phase, List<AnswerRow> rows) {}

    record AnswerRow(String outcome, String style, String answer, String count, String median, String longest) {}

    record PhaseRow(
            String phase, String length, String sent, String perSecond, String median, String p99, String longest) {}

    record Fact(String name, String value) {}

    private View view() {
        List<CheckView> checks = run.checks().stream().map(Page::check).toList();
        boolean drawn = !run.spans().isEmpty();
        return new View(
                run.experiment().title(),
                run.place(),
                DAY.format(run.start()),
                format(run.duration().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)),
                run.id(),
                run.held() ? "held" : run.broken().isEmpty() ? "not-judged" : "broken",
                run.held() ? "✓" : run.broken().isEmpty() ? "!" : "✗",
                run.headline(),
                run.problem(),
                run.broken().stream().map(Page::check).toList(),
                cards(),
                drawn,
                drawn ? TimelinePicture.inPage(run, TimelinePicture.Size.WIDE) : "",
                drawn ? TimelinePicture.inPage(run, TimelinePicture.Size.NARROW) : "",
                Templates.text("timeline.css"),
                checks,
                answers(),
                run.figures().phases().stream().map(Page::phase).toList(),
                ledger(),
                run.events().stream()
                        .map(event -> new Fact(seconds(event.at()), event.what()))
                        .toList(),
                comparison().map(Account.Comparison::examples).orElse(List.of()),
                run.notes(),
                run.environment().entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList(),
                definition());
    }

    private List<Card> cards() {
        return List.of(
                run.markers().failedBeforeCutOff()
                        ? card("Noticed after the rule", "detect", run.figures().detectFromApplied())
                        : card("Noticed after", "detect", run.figures().detectFromCutOff()),
                card("Longest wait for a failure", "caller-sees-failure", longestFailure()),
                card("Writes again after", "recover", run.figures().recover()),
                card("Acknowledged lost", "acknowledged-lost", Account.Comparison::acknowledgedLost),
                card("Duplicates", "duplicates", Account.Comparison::duplicates));
    }

    private @Nullable Duration longestFailure() {
        return run.figures().failures().count() == 0
                ? null
                : run.figures().failures().max();
    }

    private Card card(String name, String id, @Nullable Duration figure) {
        return card(name, id, figure == null ? NONE : format(figure));
    }

    private Card card(String name, String id, java.util.function.ToIntFunction<Account.Comparison> figure) {
        return card(
                name, id, comparison().map(all -> count(figure.applyAsInt(all))).orElse(NONE));
    }

    private Card card(String name, String id, String value) {
        Check check = run.checks().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        String remark = check.result() == Check.Result.NOT_JUDGED ? "not judged" : "tolerated: " + check.tolerance();
        return new Card(name, value, remark, state(check));
    }

    private Optional<Account.Comparison> comparison() {
        return Optional.ofNullable(run.account().comparison());
    }

    private List<AnswerGroup> answers() {
        return run.spans().stream()
                .map(Phase.Span::phase)
                .distinct()
                .map(phase -> new AnswerGroup(
                        phase.label(),
                        run.figures().answers().stream()
                                .filter(row -> row.phase() == phase)
                                .map(Page::answer)
                                .toList()))
                .toList();
    }

    private static AnswerRow answer(Figures.AnswerFigures row) {
        Outcome outcome = row.answer().outcome();
        String status = row.answer().status() == 0 ? "" : row.answer().status() + " ";
        return new AnswerRow(
                outcome.label(),
                outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                (status + row.answer().kind()).trim(),
                count(row.latency().count()),
                format(row.latency().p50()),
                format(row.latency().max()));
    }

    private static PhaseRow phase(Figures.PhaseFigures phase) {
        boolean none = phase.acknowledged().count() == 0;
        return new PhaseRow(
                phase.phase().label(),
                format(phase.length()),
                count(phase.sent()),
                String.format(Locale.ROOT, "%.1f", phase.perSecond()),
                none ? NONE : format(phase.acknowledged().p50()),
                none ? NONE : format(phase.acknowledged().p99()),
                none ? NONE : format(phase.acknowledged().max()));
    }

    private List<Fact> ledger() {
        Account account = run.account();
        List<Fact> facts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NOT_SENT || account.count(outcome) > 0) {
                facts.add(new Fact("Writes " + told(outcome), count(account.count(outcome))));
            }
        }
        facts.add(new Fact("Unknown, then settled as written", count(account.settledWritten())));
        facts.add(new Fact("Unknown, and not settled", count(account.unresolved())));
        if (account.unrepeatable() > 0) {
            facts.add(new Fact("Unknown, and not to be repeated", count(account.unrepeatable())));
        }
        Account.Comparison database = account.comparison();
        facts.add(new Fact("Writes found in the database", database == null ? "not read" : count(database.stored())));
        facts.add(new Fact(
                "Failures of writes begun after the restoration",
                count(run.figures().lateFailures())));
        return facts;
    }

    private static String told(Outcome outcome) {
        return switch (outcome) {
            case ACKNOWLEDGED -> "acknowledged";
            case NOT_WRITTEN -> "reported as not written";
            case AMBIGUOUS -> "of unknown outcome";
            case REFUSED -> "refused by the service";
            case NOT_SENT -> "not sent, too many in flight";
        };
    }

    private List<Fact> definition() {
        Experiment experiment = run.experiment();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Service", experiment.service().name()),
                new Fact("Database", experiment.database().host()),
                new Fact("Outage", experiment.fault().title()),
                new Fact(
                        "Load",
                        count(experiment.load().rate()) + " writes begun per second, at most "
                                + count(experiment.load().concurrency()) + " in flight, each waiting at most "
                                + format(experiment.load().timeout())),
                new Fact(
                        experiment.operation().size() == 1 ? "Operation" : "Operations",
                        experiment.operation().stream().map(Page::operation).collect(Collectors.joining("; ")))));
        LoadFigures load = run.load();
        if (load != null) {
            facts.add(new Fact("The load as it was", load.punctuality() + "; " + load.shares()));
        }
        return facts;
    }

    private static String operation(Operation operation) {
        String request =
                operation.request().method() + " " + operation.request().path();
        return (operation.name() == null ? request : operation.name() + ": " + request)
                + (operation.isRead() ? ", reads" : operation.isRepeatable() ? "" : ", not to be repeated");
    }

    private static CheckView check(Check check) {
        return new CheckView(
                check.claim(),
                check.tolerance(),
                check.observed(),
                state(check),
                switch (check.result()) {
                    case HELD -> "✓";
                    case BROKEN -> "✗";
                    case NOT_JUDGED -> NONE;
                },
                check.result().label());
    }

    private static String state(Check check) {
        return check.result().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String count(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String seconds(Duration at) {
        return String.format(Locale.ROOT, "%.2f s", at.toNanos() / 1e9);
    }
}
