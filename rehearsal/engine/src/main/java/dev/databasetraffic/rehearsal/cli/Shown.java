package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.page.Ending;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run on the screen that is shown on a page as well, if there is one. */
final class Shown {

    private Shown() {}

    /** Has the page show the place and the run's progress. */
    static Progress on(@Nullable LivePage page, Place place, Progress screen) {
        if (page == null) {
            return screen;
        }
        watch(page, place);
        return Progress.both(screen, page.progress());
    }

    static void watch(LivePage page, Place place) {
        if (place instanceof Watchable watchable) {
            page.watch(watchable.watched());
        }
    }

    /** Has the page tell the verdict, and keep the report. */
    static void end(@Nullable LivePage page, Run run, Reports reports, String lastLine) {
        if (page == null) {
            return;
        }
        String report;
        try {
            report = Files.readString(reports.page());
        } catch (IOException e) {
            report = null;
        }
        List<String> remarks = new ArrayList<>();
        if (run.problem() != null) {
            remarks.add(run.problem());
        }
        remarks.addAll(run.notes());
        remarks.add(lastLine);
        page.end(new Ending(
                run.held() ? "held" : run.broken().isEmpty() ? "open" : "broken",
                run.headline(),
                remarks,
                run.checks().stream().map(Shown::claim).toList(),
                report,
                reports.page().toAbsolutePath().toString()));
    }

    private static Ending.Claim claim(Check check) {
        String state = switch (check.result()) {
            case HELD -> "held";
            case BROKEN -> "broken";
            case NOT_JUDGED -> "open";
        };
        return new Ending.Claim(state, check.claim(), check.observed(), check.tolerance());
    }
}
