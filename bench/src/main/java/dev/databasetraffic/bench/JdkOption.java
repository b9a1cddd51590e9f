package dev.databasetraffic.bench;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The JDKs that a bench compares. */
final class JdkOption {

    @Option(
            names = "--jdk",
            converter = JavaExecutable.class,
            split = ",",
            description = "JDKs to start on (default: the one that --java belongs to)")
    private List<Path> jdks = List.of();

    /** The executables. */
    List<Path> javas(SubjectOptions subjects) {
        return jdks.isEmpty() ? List.of(subjects.java()) : jdks;
    }
}
