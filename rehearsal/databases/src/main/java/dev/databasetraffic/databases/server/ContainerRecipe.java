package dev.databasetraffic.databases.server;

import java.util.List;
import java.util.Map;

/**
 * How a kind's official image is run.
 *
 * @param image the one to use if none is asked for
 * @param port where the server listens in the container
 * @param variables what its environment must say, secrets among it
 * @param files what it must find in the container: text by absolute path, readable for the server alone
 * @param command what replaces the image's own; empty to keep that
 */
public record ContainerRecipe(
        String image, int port, Map<String, String> variables, Map<String, String> files, List<String> command) {

    /** Secrets stay untold. */
    @Override
    public String toString() {
        return image + ", port " + port;
    }
}
