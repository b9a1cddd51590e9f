package dev.databasetraffic.databases.firestore;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Finds a {@code java} that is new enough for an emulator: this JVM's, or one named by the environment. */
final class EmulatorJava {

    static final String JAVA_VARIABLE = "FIRESTORE_EMULATOR_JAVA";

    static final String MAIN_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

    /** A class file of version 45 + n needs Java 1 + n. */
    private static final int CLASS_VERSION_OFFSET = 44;

    private EmulatorJava() {}

    /**
     * @param jar an emulator
     * @throws EmulatorException if that is no emulator, or there is no Java for it
     */
    static Path forJar(Path jar, String mainClass, Map<String, String> environment) throws EmulatorException {
        String entryName = mainClass.replace('.', '/') + ".class";
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(entryName);
            if (entry == null) {
                throw new EmulatorException(jar + " is not a Firestore emulator: it has no " + mainClass + ".");
            }
            try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
                // Magic number (4 bytes), minor version (2), major version (2): JVM specification, 4.1.
                in.skipNBytes(6);
                return forFeature(in.readUnsignedShort() - CLASS_VERSION_OFFSET, environment);
            }
        } catch (EmulatorException e) {
            throw e;
        } catch (IOException e) {
            throw new EmulatorException(jar + " cannot be read as a jar file (" + e.getMessage() + ").", e);
        }
    }

    /** Why there is no Java for that jar, or it is none of an emulator; nothing if it can be run. */
    static Optional<String> whyNot(Path jar, Map<String, String> environment) {
        try {
            forJar(jar, MAIN_CLASS, environment);
            return Optional.empty();
        } catch (EmulatorException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** @throws EmulatorException if there is no Java of this version or a later one */
    static Path forFeature(int feature, Map<String, String> environment) throws EmulatorException {
        String named = environment.get(JAVA_VARIABLE);
        if (named != null && !named.isBlank()) {
            return executable(named);
        }
        if (Runtime.version().feature() >= feature) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        String javaHome = environment.get("JAVA_HOME");
        if (javaHome != null && !javaHome.isBlank() && featureOf(Path.of(javaHome)) >= feature) {
            return Path.of(javaHome, "bin", "java");
        }
        throw new EmulatorException("This Firestore emulator needs Java " + feature + " or later, and this is Java "
                + Runtime.version().feature() + ". Set " + JAVA_VARIABLE
                + " to the java executable of a newer JDK (only "
                + "the emulator will use it), or set JAVA_HOME to such a JDK.");
    }

    private static Path executable(String named) throws EmulatorException {
        Path java = Path.of(named);
        if (!Files.isExecutable(java)) {
            throw new EmulatorException(
                    JAVA_VARIABLE + " is \"" + named + "\", which cannot be executed. Set it to the "
                            + "java executable of a JDK, such as .../bin/java, or unset it.");
        }
        return java;
    }

    /** Reads the {@code release} file that every JDK carries; 0 if there is none to read. */
    private static int featureOf(Path javaHome) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(javaHome.resolve("release"))) {
            release.load(in);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "").replace("\"", ""))
                    .feature();
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }
}
