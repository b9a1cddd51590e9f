package dev.databasetraffic.rehearsal.cli;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.matrix.Matrix;
import dev.databasetraffic.rehearsal.matrix.Row;
import dev.databasetraffic.rehearsal.page.LivePage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A matrix on the screen, row by row, and on a page, if there is one. */
final class ShownMatrix implements Matrix.Listener {

    private final Terminal screen;
    private final @Nullable LivePage page;
    private final Map<String, String> databases = new LinkedHashMap<>();

    ShownMatrix(Terminal screen, @Nullable LivePage page) {
        this.screen = screen;
        this.page = page;
    }

    /** Each database as the systems described it, with the clients that it served. */
    String database() {
        return databases.isEmpty()
                ? "not started"
                : databases.entrySet().stream()
                        .map(served -> served.getKey() + ": " + served.getValue())
                        .collect(Collectors.joining("; "));
    }

    @Override
    public void opened(String client, Place place) {
        databases.merge(
                place.environment().getOrDefault("Database", "not told"), client, (all, one) -> all + ", " + one);
        if (page != null) {
            Shown.watch(page, place);
        }
    }

    @Override
    public void leftOut(String client, List<String> faults) {
        String line = client + " cannot have " + String.join(", ", faults) + ": left out";
        screen.say("  " + line);
        if (page != null) {
            page.row(line);
        }
    }

    @Override
    public void closing() {
        if (page != null) {
            page.unwatch();
        }
    }

    @Override
    public Progress progress() {
        return page == null ? Progress.SILENT : page.progress();
    }

    @Override
    public void happened(MeshEvent event) {
        if (page != null) {
            page.happened(event);
        }
    }

    @Override
    public void begins(int number, int of, String client, String fault, Connections open, Duration outage) {
        String row = String.format(
                Locale.ROOT, "%d / %d  %s  %s  %s  %s", number, of, client, fault, open.text(), format(outage));
        screen.status("  " + row + " …");
        if (page != null) {
            page.step(row);
        }
    }

    @Override
    public void ended(Row row) {
        String line = line(row);
        screen.say("  " + line);
        if (page != null) {
            page.row(line);
        }
    }

    private static String line(Row row) {
        String mark = row.isGood() ? "✓" : "✗";
        String latency = row.failures().count() == 0
                ? "no failure"
                : row.failures().count() + " failed, p99 "
                        + format(row.failures().p99());
        String back = row.recover() == null ? "not back" : "back after " + format(row.recover());
        return String.format(
                Locale.ROOT,
                "%s %-9s %-18s %-5s %-5s %s · %s · unknown %d, settled %d%s",
                mark,
                row.client(),
                row.fault(),
                row.connections().text(),
                format(row.outage()),
                latency,
                back,
                row.unknown(),
                row.settled(),
                row.isGood() ? "" : " · " + String.join("; ", row.defects()));
    }
}
