package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** Has a real server for a run: one of this machine, else one out of a library, else a container. */
public final class Servers {

    private Servers() {}

    /**
     * Starts one; returns when it answers.
     *
     * @throws DatabaseException if there is none to start, or it does not answer in time; nothing is left running
     */
    public static Database start(ServerRecipe recipe, StartOptions options)
            throws DatabaseException, InterruptedException {
        Login login = Login.generate(recipe.user(), options.name());
        String image = options.image();
        if (image != null) {
            return container(recipe, login, options, image, "the experiment asks for that image");
        }
        Optional<Map<String, Path>> here = here(recipe, options.environment());
        if (here.isPresent()) {
            return process(
                    recipe, login, options, new Provenance.Machine(here.get()), "a server that is here is taken first");
        }
        String none = "there is no " + String.join(" and ", recipe.programs()) + " on the PATH or in "
                + String.join(", ", recipe.usualFolders());
        Optional<ServerRecipe.BundledServer> bundled = recipe.bundled();
        if (bundled.isPresent()) {
            return process(recipe, login, options, new Provenance.Library(bundled.get()), none);
        }
        return container(
                recipe,
                login,
                options,
                recipe.container(login).image(),
                none + ", and no library brings it for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"));
    }

    /** Whether this machine has one installed. */
    public static boolean isHere(ServerRecipe recipe, Map<String, String> environment) {
        return here(recipe, environment).isPresent();
    }

    private static Optional<Map<String, Path>> here(ServerRecipe recipe, Map<String, String> environment) {
        return Programs.find(recipe.programs(), environment.getOrDefault("PATH", ""), recipe.usualFolders());
    }

    private static Database process(
            ServerRecipe recipe, Login login, StartOptions options, Provenance provenance, String reason)
            throws DatabaseException, InterruptedException {
        try {
            return ServerProcess.start(recipe, login, options, provenance, sentence(recipe, provenance, reason));
        } catch (DatabaseException e) {
            throw e;
        } catch (IOException e) {
            throw new DatabaseException(
                    recipe.title() + " " + provenance.told() + " could not be started: " + e.getMessage()
                            + ". It needs a folder to write to, " + options.folder() + ".",
                    e);
        }
    }

    private static Database container(
            ServerRecipe recipe, Login login, StartOptions options, String image, String reason)
            throws DatabaseException, InterruptedException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new DatabaseException(recipe.title() + " cannot be started: " + reason
                    + ", and Docker, which would run it in a container, does not answer here. Install "
                    + recipe.title() + " or start Docker.");
        }
        Provenance provenance = new Provenance.Container(image);
        return ServerContainer.start(recipe, login, options, image, sentence(recipe, provenance, reason));
    }

    private static String sentence(ServerRecipe recipe, Provenance provenance, String reason) {
        return recipe.title() + " runs " + provenance.told() + ", since " + reason + ".";
    }
}
