package dev.databasetraffic.databases.firestore;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the genuine emulator. In this order: one that already runs ({@value #HOST_VARIABLE}), a jar that was named
 * ({@value #JAR_VARIABLE}), the Google Cloud SDK's, this project's or Firebase's cache, and a download where one may be.
 */
final class EmulatorLocator {

    static final String HOST_VARIABLE = "FIRESTORE_EMULATOR_HOST";
    static final String JAR_VARIABLE = "FIRESTORE_EMULATOR_JAR";

    private static final Path IN_SDK = Path.of("platform", "cloud-firestore-emulator", "cloud-firestore-emulator.jar");

    /** Where the emulator is. */
    sealed interface Location {

        /** It runs already, started by somebody else. */
        record Running(String host, int port) implements Location {}

        /** It can be started from a jar. */
        record Jar(Path path) implements Location {}
    }

    private final Map<String, String> environment;
    private final Path home;
    private final List<Path> usualSdkFolders;
    private final List<EmulatorRelease> releases;
    private final Function<Path, Optional<String>> whyNotRun;
    private final PrintStream progress;

    EmulatorLocator(Map<String, String> environment, PrintStream progress) {
        this(
                environment,
                Path.of(System.getProperty("user.home")),
                Stream.of(
                                "/usr/lib/google-cloud-sdk",
                                "/usr/share/google-cloud-sdk",
                                "/usr/local/share/google-cloud-sdk",
                                "/opt/google-cloud-sdk",
                                "/opt/homebrew/share/google-cloud-sdk",
                                "/snap/google-cloud-cli/current",
                                "/snap/google-cloud-sdk/current")
                        .map(Path::of)
                        .toList(),
                EmulatorRelease.PINNED,
                jar -> EmulatorJava.whyNot(jar, environment),
                progress);
    }

    EmulatorLocator(
            Map<String, String> environment,
            Path home,
            List<Path> usualSdkFolders,
            List<EmulatorRelease> releases,
            Function<Path, Optional<String>> whyNotRun,
            PrintStream progress) {
        this.environment = environment;
        this.home = home;
        this.usualSdkFolders = usualSdkFolders;
        this.releases = releases;
        this.whyNotRun = whyNotRun;
        this.progress = progress;
    }

    /**
     * The one that lies ready.
     *
     * @throws NotReadyException if there is none, or no Java for it
     * @throws EmulatorException if a variable names a place where it is not
     */
    Location ready() throws EmulatorException {
        String host = variable(HOST_VARIABLE);
        if (host != null) {
            return running(host);
        }
        String jar = variable(JAR_VARIABLE);
        if (jar != null) {
            return named(jar);
        }
        StringBuilder tooNew = new StringBuilder();
        for (Path found : Stream.concat(sdkJars(), cachedJars()).toList()) {
            Optional<String> whyNot = whyNotRun.apply(found);
            if (whyNot.isEmpty()) {
                return new Location.Jar(found);
            }
            tooNew.append(' ').append(found).append(" cannot be used: ").append(whyNot.get());
        }
        throw new NotReadyException("That lies ready neither in a Google Cloud SDK nor in " + ownCache() + "." + tooNew
                + " To have it: `gcloud components install cloud-firestore-emulator`, or --database download"
                + runnable().map(release -> " (" + release.sizeInWords() + ")").orElse("") + ".");
    }

    /** @throws EmulatorException if it does not lie ready and cannot be fetched, or a variable names where it is not */
    Location readyOrDownloaded() throws EmulatorException {
        try {
            return ready();
        } catch (NotReadyException e) {
            return new Location.Jar(download());
        }
    }

    private static Location running(String value) throws EmulatorException {
        try {
            URI uri = URI.create("http://" + value);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPath().isEmpty()) {
                return new Location.Running(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new EmulatorException(HOST_VARIABLE + " is \"" + value + "\", which is not a HOST:PORT such as "
                + "127.0.0.1:8080. Correct it, or unset it to have an emulator started.");
    }

    private static Location named(String value) throws EmulatorException {
        try {
            Path path = Path.of(value);
            if (Files.isReadable(path) && Files.isRegularFile(path)) {
                return new Location.Jar(path);
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new EmulatorException(JAR_VARIABLE + " is \"" + value + "\", but no file can be read there. Correct it, "
                + "or unset it to have the emulator searched for in the Google Cloud SDK and the cache.");
    }

    private Stream<Path> sdkJars() {
        return Stream.of(
                        Stream.ofNullable(variable("CLOUDSDK_ROOT_DIR")).map(Path::of),
                        sdkOfGcloudOnPath().stream(),
                        Stream.of(home.resolve("google-cloud-sdk")),
                        Stream.ofNullable(variable("LOCALAPPDATA"))
                                .map(folder -> Path.of(folder, "Google", "Cloud SDK", "google-cloud-sdk")),
                        usualSdkFolders.stream())
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve(IN_SDK))
                .filter(Files::isReadable)
                .distinct();
    }

    /** {@code gcloud} is usually a link to {@code bin/gcloud} in the SDK's folder. */
    private Optional<Path> sdkOfGcloudOnPath() {
        return Stream.of(Objects.requireNonNullElse(variable("PATH"), "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "gcloud"))
                .filter(Files::isExecutable)
                .map(EmulatorLocator::realPath)
                .flatMap(Optional::stream)
                .map(gcloud -> gcloud.resolve("../..").normalize())
                .findFirst();
    }

    private Stream<Path> cachedJars() {
        List<Path> folders =
                List.of(ownCache(), home.resolve(".cache").resolve("firebase").resolve("emulators"));
        return releases.stream()
                .flatMap(release -> folders.stream()
                        .map(folder -> folder.resolve(release.fileName()))
                        .filter(jar -> isIntact(jar, release)));
    }

    private static boolean isIntact(Path jar, EmulatorRelease release) {
        try {
            return Files.isReadable(jar)
                    && Files.size(jar) == release.size()
                    && Download.sha256(jar).equals(release.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /** The newest that there is a Java for. */
    private Optional<EmulatorRelease> runnable() {
        return releases.stream()
                .filter(release -> {
                    try {
                        EmulatorJava.forFeature(release.javaFeature(), environment);
                        return true;
                    } catch (EmulatorException e) {
                        return false;
                    }
                })
                .findFirst();
    }

    private Path download() throws EmulatorException {
        EmulatorRelease release = runnable().orElse(null);
        if (release == null) {
            // Better told before many megabytes were fetched than after, and by the oldest release's needs.
            EmulatorRelease oldest = releases.get(releases.size() - 1);
            throw new EmulatorException(
                    "There is no Java here for a Firestore emulator that could be fetched; the oldest needs Java "
                            + oldest.javaFeature() + ". Set " + EmulatorJava.JAVA_VARIABLE
                            + " to the java executable of a newer JDK.");
        }
        try {
            return new Download(release, progress).to(ownCache());
        } catch (EmulatorException e) {
            throw new EmulatorException(nowhere(release, e), e);
        }
    }

    private String nowhere(EmulatorRelease release, EmulatorException reason) {
        List<String> choices = new ArrayList<>();
        choices.add("install it with `gcloud components install cloud-firestore-emulator` (or your package manager's "
                + "google-cloud-cli-firestore-emulator)");
        choices.add("name a jar of it by " + JAR_VARIABLE);
        choices.add("name one that runs by " + HOST_VARIABLE + "=HOST:PORT");
        choices.add("use the stand-in by --database embedded");
        choices.add("make " + release.url() + " reachable, or put that file into " + ownCache());
        return "The Firestore emulator is nowhere to be found: not in a Google Cloud SDK, not in " + ownCache()
                + ", and it could not be downloaded: " + reason.getMessage() + ". Choose one: "
                + String.join("; ", choices) + ".";
    }

    private Path ownCache() {
        String xdg = variable("XDG_CACHE_HOME");
        String windows = variable("LOCALAPPDATA");
        Path caches = xdg != null ? Path.of(xdg) : windows != null ? Path.of(windows) : home.resolve(".cache");
        return caches.resolve("database-traffic");
    }

    private static Optional<Path> realPath(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
