package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is particular to the server of one kind of database; how it is chosen, started and ended is the same for all. */
public interface ServerRecipe {

    /** As people write it: {@code PostgreSQL}. */
    String title();

    /** The user that is created in it for the service. */
    String user();

    /** What this machine must have to run it, the server itself first. */
    List<String> programs();

    /** Where those are besides the PATH; a {@code *} stands for any name of a folder, the last one wins. */
    List<String> usualFolders();

    /** Its programs out of a library, if there is one for this system. */
    Optional<BundledServer> bundled();

    ContainerRecipe container(Login login);

    /** Whether it will not run as root, so that another user is needed then. */
    boolean refusesRoot();

    /**
     * Makes an empty database in the installation's data folder, as far as that is done without the server.
     *
     * @throws DatabaseException if a program fails
     */
    void prepare(Installation installation, Login login) throws IOException, InterruptedException;

    /** How the server is run in the foreground: at that port of the loopback address, and nowhere else. */
    List<String> words(Installation installation, int port) throws IOException;

    /** The signal that makes it end at once but leave nothing behind in the system. */
    String stopSignal();

    /**
     * Makes in the running server what {@link #prepare} could not; repeated until it succeeds. Not for containers, whose
     * images do that themselves.
     *
     * @throws DatabaseException if it does not answer yet
     */
    void create(Source source) throws DatabaseException;

    /**
     * Its version, asked with the login that the service uses.
     *
     * @throws DatabaseException if it does not answer yet
     */
    String version(Source source) throws DatabaseException;

    /** A server whose programs come as a library. */
    interface BundledServer {

        /** The library's name and version. */
        String library();

        /** The server's programs in a folder; a path for each of the recipe's. */
        Map<String, Path> unpack(Path folder) throws IOException;
    }
}
