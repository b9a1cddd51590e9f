package dev.databasetraffic.rehearsal.cli;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import dev.databasetraffic.rehearsal.cli.Terminal.Style;
import dev.databasetraffic.rehearsal.experiment.Account;
import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.report.Reports;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of a run on the screen: the verdict, claim by claim, and what callers got. */
final class VerdictText {

    private final Terminal terminal;
    private final Run run;

    private VerdictText(Terminal terminal, Run run) {
        this.terminal = terminal;
        this.run = run;
    }

    static void print(Terminal terminal, Run run) {
        new VerdictText(terminal, run).print();
    }

    /** Where the rest of it is to be read. */
    static void files(Terminal terminal, Reports reports) {
        terminal.say("report   " + reports.page());
        terminal.say("journal  " + reports.journal());
        terminal.say("junit    " + reports.junit());
    }

    private void print() {
        terminal.say("");
        terminal.print(headline());
        if (run.problem() != null) {
            terminal.print("  " + Terminal.plain(run.problem()));
        }
        terminal.say("");
        int claims = width(Check::claim);
        int observations = width(Check::observed);
        run.checks().forEach(check -> {
            String line = line(check, claims, observations);
            if (check.result() == Check.Result.BROKEN) {
                terminal.print(line);
            } else {
                terminal.say(line);
            }
        });
        run.notes()
                .forEach(
                        note -> terminal.say("  " + terminal.styled(Style.OPEN, "note") + "  " + Terminal.plain(note)));
        String answers = answers();
        if (!answers.isEmpty()) {
            terminal.say("");
            terminal.say("  Callers got, for writes begun during the outage:");
            terminal.say(answers);
        }
        terminal.say("");
    }

    /** The last line of a run: what matters most, for eyes and for {@code grep}. */
    static String lastLine(Run run) {
        Account.Comparison database = run.account().comparison();
        return database == null
                ? "acknowledged lost: unknown · duplicates: unknown (the database was not read back)"
                : String.format(
                        Locale.ROOT,
                        "acknowledged lost %d · duplicates %d",
                        database.acknowledgedLost(),
                        database.duplicates());
    }

    private String headline() {
        boolean complete = run.status() == Run.Status.COMPLETED;
        Style style = !complete ? Style.OPEN : run.held() ? Style.GOOD : Style.BAD;
        String mark = !complete ? "!" : run.held() ? "✓" : "✗";
        return terminal.styled(style, mark + " " + run.headline() + ": ")
                + Terminal.plain(run.experiment().title());
    }

    private String line(Check check, int claims, int observations) {
        String mark = switch (check.result()) {
            case HELD -> terminal.styled(Style.GOOD, "✓");
            case BROKEN -> terminal.styled(Style.BAD, "✗");
            case NOT_JUDGED -> terminal.styled(Style.FAINT, "–");
        };
        return String.format(
                Locale.ROOT,
                "  %s %-" + claims + "s  %-" + observations + "s  %s",
                mark,
                Terminal.plain(check.claim()),
                Terminal.plain(check.observed()),
                terminal.styled(Style.FAINT, Terminal.plain(check.tolerance())));
    }

    private int width(java.util.function.Function<Check, String> column) {
        return run.checks().stream().map(column).mapToInt(String::length).max().orElse(1);
    }

    private String answers() {
        return run.figures().answers().stream()
                .filter(row -> row.phase() == Phase.OUTAGE)
                .map(VerdictText::answer)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String answer(Figures.AnswerFigures row) {
        String status = row.answer().status() == 0 ? "" : row.answer().status() + " ";
        return String.format(
                Locale.ROOT,
                "    %,6d  %-16s %s   (median %s, longest %s)",
                row.latency().count(),
                row.answer().outcome().label(),
                Terminal.plain((status + row.answer().kind()).trim()),
                format(row.latency().p50()),
                format(row.latency().max()));
    }
}
