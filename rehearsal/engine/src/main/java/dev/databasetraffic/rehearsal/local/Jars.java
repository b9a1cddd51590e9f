package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services as the build leaves them. */
record Jars(Path plants, Path echo) {

    static Jars of(Path home) throws PlaceException {
        return new Jars(jar(home, "plants-service"), jar(home, "echo-service"));
    }

    private static Path jar(Path home, String module) throws PlaceException {
        Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.isReadable(jar)) {
            throw new PlaceException("There is no " + jar + ". Build it: cd " + home + " && mvn -DskipTests package");
        }
        return jar;
    }
}
