package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.compose.WatchedCompose;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.kubernetes.WatchedCluster;
import dev.databasetraffic.rehearsal.page.Ending;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.page.Watchable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description =
                "Shows on a page what flows between a service and its database, and runs nothing. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    /** Where there can be something that this process did not start. */
    enum Where {
        COMPOSE,
        KUBERNETES
    }

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "Which service and which database. By default: " + Definition.DEFAULT + " of this suite.")
    private @Nullable Path file;

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            defaultValue = "kubernetes",
            description = "Where it runs: compose or kubernetes. Default: ${DEFAULT-VALUE}.")
    private Where where = Where.KUBERNETES;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Mixin
    private Display display = new Display();

    @Override
    public Integer call() throws ExperimentException, PlaceException, InterruptedException {
        Experiment experiment = Definition.read(file).experiment();
        try (Interruption ignored = new Interruption();
                LivePage page = pages.require(experiment.service().name() + " and its database", display.terminal())) {
            page.say("looking for " + experiment.service().name() + " and its proxy, on "
                    + where.name().toLowerCase(Locale.ROOT));
            switch (where) {
                case COMPOSE -> show(page, WatchedCompose.open(Options.home(), experiment));
                case KUBERNETES -> {
                    try (WatchedCluster cluster = WatchedCluster.open(experiment)) {
                        show(page, cluster);
                    }
                }
            }
            return Exit.HELD;
        }
    }

    private static void show(LivePage page, Watchable watchable) throws InterruptedException {
        page.watch(watchable.watched());
        try {
            // Nothing counts this down: Ctrl-C interrupts the wait.
            new CountDownLatch(1).await();
        } finally {
            page.end(Ending.of("./rehearse watch was ended."));
        }
    }
}
