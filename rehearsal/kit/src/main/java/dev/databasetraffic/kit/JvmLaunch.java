package dev.databasetraffic.kit;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to run in a JVM of its own; {@link #start} makes it a {@link ChildJvm}. */
public final class JvmLaunch {

    private final String name;
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private List<Path> classPath = List.of();
    private List<String> jvmArguments = List.of();
    private String mainClass = "";
    private List<String> arguments = List.of();
    private List<String> hiddenVariables = List.of();
    private Map<String, String> variables = Map.of();
    private Duration grace = Duration.ofSeconds(5);

    private @Nullable Path workFolder;

    private @Nullable Path logFolder;

    private JvmLaunch(String name) {
        this.name = name;
    }

    /**
     * Begins to describe a process.
     *
     * @param name how messages call it, and its log file: a word such as {@code plants}
     */
    public static JvmLaunch named(String name) {
        return new JvmLaunch(name);
    }

    /** The {@code java} to run it with; this JVM's own by default. */
    public JvmLaunch java(Path executable) {
        java = executable.toAbsolutePath();
        return this;
    }

    public JvmLaunch classPath(Path... entries) {
        classPath = List.of(entries);
        return this;
    }

    /** This JVM's own. */
    public JvmLaunch ownClassPath() {
        return classPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new));
    }

    public JvmLaunch jvmArguments(List<String> values) {
        jvmArguments = List.copyOf(values);
        return this;
    }

    public JvmLaunch main(String className, List<String> values) {
        mainClass = className;
        arguments = List.copyOf(values);
        return this;
    }

    /** Variables of this JVM's environment that the child must not inherit. */
    public JvmLaunch withoutVariables(String... names) {
        hiddenVariables = List.of(names);
        return this;
    }

    /** Variables that the child has beside those of this JVM's environment, or in their place. */
    public JvmLaunch withVariables(Map<String, String> values) {
        variables = Map.copyOf(values);
        return this;
    }

    /** How long shutdown hooks may take; 5 seconds by default. */
    public JvmLaunch grace(Duration value) {
        grace = value;
        return this;
    }

    /** Where its log goes, an existing folder that outlives it; by default the work folder. */
    public JvmLaunch logFolder(@Nullable Path folder) {
        logFolder = folder;
        return this;
    }

    /**
     * Where the log and temporary files go, an existing folder. The child deletes it if this JVM dies without
     * closing; after {@link ChildJvm#close} it is the caller's to keep or delete.
     */
    public JvmLaunch workFolder(Path folder) {
        workFolder = folder;
        return this;
    }

    /**
     * Starts the process; that it has done anything useful yet is for the caller to find out.
     *
     * @throws IOException if the work folder cannot be written, or there is no such {@code java}
     */
    public ChildJvm start() throws IOException {
        if (workFolder == null) {
            throw new IllegalStateException("no work folder");
        }
        Path folder = workFolder.toAbsolutePath();
        boolean posix = File.separatorChar == '/';
        if (posix && !Files.isExecutable(java)) {
            // sh, which runs it, would say so in the log only.
            throw new IOException(java + " cannot be executed");
        }
        Path temporary = Files.createDirectories(folder.resolve(name + "-tmp"));
        Path log = (logFolder != null ? logFolder : folder).resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(folder, temporary, posix))
                // Nothing that lies about in the user's folder, such as an application.yaml, is to be picked up.
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        hiddenVariables.forEach(builder.environment()::remove);
        builder.environment().putAll(variables);
        return new ChildJvm(name, builder.start(), log, grace);
    }

    private List<String> command(Path folder, Path temporary, boolean posix) {
        List<String> command = new ArrayList<>();
        if (posix) {
            // Ctrl-C goes to the whole foreground group; the parent alone decides what ends when.
            command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
        }
        command.add(java.toString());
        command.addAll(jvmArguments);
        // hsperfdata would stay behind after a halt.
        command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-cp", joinedClassPath()));
        command.addAll(List.of(Leash.class.getName(), folder.toString(), String.valueOf(grace.toMillis())));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private String joinedClassPath() {
        List<String> entries = new ArrayList<>();
        entries.add(leashLocation());
        classPath.forEach(entry -> entries.add(entry.toAbsolutePath().toString()));
        return String.join(File.pathSeparator, entries);
    }

    private static String leashLocation() {
        try {
            return Path.of(Leash.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
