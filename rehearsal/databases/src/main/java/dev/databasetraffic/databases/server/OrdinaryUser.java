package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.kit.Command;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Another user than root, for servers that refuse to run as root. {@code setpriv} of util-linux becomes that user, with
 * neither a shell nor a login, and then the server itself, so that signals reach it.
 *
 * @param name one that owns nothing of worth
 * @param prefix the words that make a command that user's
 */
record OrdinaryUser(String name, List<String> prefix) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whether whoever made this folder, this process that is, is root. */
    static boolean isRoot(Path own) throws IOException {
        return Files.getFileStore(own).supportsFileAttributeView("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(own, "unix:uid"));
    }

    /** The first of them that there is and that root can become. */
    static Optional<OrdinaryUser> firstOf(String... names) throws InterruptedException {
        for (String name : names) {
            Optional<String> group = output(List.of("id", "-g", name));
            if (group.isPresent()) {
                List<String> prefix = List.of("setpriv", "--reuid=" + name, "--regid=" + group.get(), "--clear-groups");
                if (output(with(prefix, "true")).isPresent()) {
                    return Optional.of(new OrdinaryUser(name, prefix));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A new folder of that user's, in the first of the given ones into which that user may go.
     *
     * @throws DatabaseException if there is none
     */
    Path folderIn(Path... parents) throws IOException, InterruptedException {
        for (Path parent : parents) {
            Path folder = Files.createTempDirectory(parent, "database-");
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
            if (output(with(prefix, "test", "-w", folder.toString())).isPresent()) {
                return folder;
            }
            Folders.delete(folder);
        }
        throw new DatabaseException("The server is to run as the user " + name + ", who may go neither into "
                + String.join(
                        " nor into ", Stream.of(parents).map(Path::toString).toList())
                + ". Have the run's folder where others may go, or do not run as root.");
    }

    private static List<String> with(List<String> prefix, String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return all;
    }

    /** What it told, if it succeeded. */
    private static Optional<String> output(List<String> words) throws InterruptedException {
        try {
            Command.Result result = Command.of(words).run(PATIENCE);
            return result.status() == 0 ? Optional.of(result.output().strip()) : Optional.empty();
        } catch (IOException | TimeoutException e) {
            return Optional.empty();
        }
    }
}
