package dev.databasetraffic.databases.server;

import java.nio.file.Path;
import java.util.Map;

/** Where a server's programs come from. */
sealed interface Provenance {

    /** As it completes a server's name: {@code from this machine}. */
    String told();

    /** A server that is installed here; the programs by their names. */
    record Machine(Map<String, Path> programs) implements Provenance {
        @Override
        public String told() {
            return "from this machine";
        }
    }

    /** One out of a library. */
    record Library(ServerRecipe.BundledServer server) implements Provenance {
        @Override
        public String told() {
            return "out of the library " + server.library();
        }
    }

    /** A container of an image. */
    record Container(String image) implements Provenance {
        @Override
        public String told() {
            return "in a container of " + image;
        }
    }
}
