package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a server process lives, and as whom.
 *
 * @param home a folder of its own, to be deleted after it
 * @param prefix the words that make a command its user's; none for the user of this process
 * @param note what is to be told about it, from a space on; empty if nothing is
 */
record Quarters(Path home, List<String> prefix, String note) {

    /** Debian's packages of PostgreSQL make the first; the second is everywhere. */
    private static final String[] USERS = {"postgres", "nobody"};

    /**
     * A folder in the run's; for another user, who may not go there, in the system's for temporary files.
     *
     * @throws DatabaseException if the server refuses to run as root, and root can be nobody else
     */
    static Quarters of(ServerRecipe recipe, Path runFolder) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(runFolder, "database-");
        if (!recipe.refusesRoot() || !OrdinaryUser.isRoot(home)) {
            return new Quarters(home, List.of(), "");
        }
        Files.delete(home);
        OrdinaryUser user = OrdinaryUser.firstOf(USERS)
                .orElseThrow(() -> new DatabaseException(recipe.title()
                        + " refuses to run as root, and this system has no setpriv (of util-linux) to run it as"
                        + " another user. Install that, do not run as root, or name an image to run in a container."));
        Path folder = user.folderIn(runFolder, Path.of(System.getProperty("java.io.tmpdir")));
        return new Quarters(
                folder,
                user.prefix(),
                " It runs as the user " + user.name() + ", for it refuses to run as root; its data are in " + folder
                        + ".");
    }
}
