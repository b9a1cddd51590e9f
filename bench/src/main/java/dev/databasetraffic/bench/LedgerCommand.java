package dev.databasetraffic.bench;

import dev.databasetraffic.bench.report.LedgerResults;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.kit.Command;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@picocli.CommandLine.Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description =
                "The ledger of a rehearsal alone, with as many writes as a run of hours has: what it needs of a heap of"
                        + " 2 GB, and whether it finds what a database lost and doubled.")
final class LedgerCommand implements Callable<Integer> {

    private static final int MILLION = 1_000_000;
    private static final Duration AT_MOST = Duration.ofHours(1);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--millions",
            converter = Millions.class,
            defaultValue = "100",
            description = "millions of writes of the run (default: ${DEFAULT-VALUE})")
    private int millions;

    /** Six times what 2 GB hold, and fewer than an int counts. */
    static final class Millions extends Count {

        Millions() {
            super(1000);
        }
    }

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Command.Result ended = Command.of(
                        subjects.java().toString(),
                        "-Xmx2g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        subjects.engineTests() + File.pathSeparator + subjects.engineJar(),
                        "dev.databasetraffic.rehearsal.experiment.LedgerTrial",
                        Integer.toString(millions * MILLION))
                .run(AT_MOST);
        if (ended.status() > 1) {
            throw new IOException("The trial of the ledger ended with " + ended.status() + ": " + ended.told());
        }
        LedgerResults.Trial trial = JsonMapper.shared().readValue(ended.output(), LedgerResults.Trial.class);
        LedgerResults results = new LedgerResults(startedAt, machine, trial);
        output.write(subjects, "ledger", results, results.markdown());
        return trial.exact() ? 0 : 1;
    }
}
