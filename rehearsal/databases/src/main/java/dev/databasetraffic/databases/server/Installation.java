package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A server's programs, and a folder of its own that nobody else may read. */
public final class Installation {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Path> programs;
    private final List<String> prefix;
    private final Path home;

    Installation(Map<String, Path> programs, List<String> prefix, Path home) {
        this.programs = programs;
        this.prefix = prefix;
        this.home = home;
    }

    /** Where its database goes; not made yet. */
    public Path data() {
        return home.resolve("data");
    }

    Path home() {
        return home;
    }

    /** Whether it runs as root. */
    public boolean isRoot() throws IOException {
        return OrdinaryUser.isRoot(home);
    }

    /** A command for one of its programs, as the user that it is to run as. */
    public List<String> words(String program, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(Objects.requireNonNull(programs.get(program), program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * Runs one of its programs to its end.
     *
     * @throws DatabaseException if it fails or takes longer than 60 s, with what it told
     */
    public void run(String program, String... arguments) throws IOException, InterruptedException {
        try {
            Command.of(words(program, arguments)).in(home).succeed(PATIENCE);
        } catch (IOException e) {
            throw new DatabaseException("The database could not be prepared: " + e.getMessage(), e);
        }
    }

    /** A file that the server alone can read, for what must not be seen in a command. */
    public Path secret(String name, String text) throws IOException {
        UserPrincipal owner = Files.getOwner(home);
        return Files.setOwner(Files.writeString(file(name), text), owner);
    }

    /** Where {@link #secret} put it. */
    public Path file(String name) {
        return home.resolve(name);
    }
}
