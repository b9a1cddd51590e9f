package dev.databasetraffic.databases;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A manifest cannot ask the code for a version, nor the code a manifest: each pins the images that it runs, and this holds
 * all of them to one version, so that a rehearsal starts the database that is deployed.
 */
class PinnedImagesTests {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    private static final String EMULATOR = "gcr.io/google.com/cloudsdktool/google-cloud-cli";

    /** {@code image: postgres:17.6} */
    private static final Pattern IN_YAML = Pattern.compile("(?m)^[ -]*image: *[\"']?([a-z0-9./_-]+):([\\w.-]+)");

    /** {@code "postgres:17.6"}; a version without a dot is that of an example. */
    private static final Pattern IN_JAVA = Pattern.compile("\"([a-z][a-z0-9./_-]*):(\\d+\\.[\\w.-]+)\"");

    /** What says a second time which version a pod runs. */
    private static final Pattern LABEL = Pattern.compile("(?m)^ +version: \"?([^\"\\s]+)");

    @Test
    void noImageIsPinnedInTwoVersions() throws IOException {
        Map<String, List<Pin>> pins = pins().stream().collect(groupingBy(Pin::image));

        assertThat(pins).containsKeys("postgres", "redis", "mongo", "mariadb", EMULATOR);
        assertThat(pins)
                .allSatisfy((image, places) -> assertThat(
                                places.stream().map(Pin::version).distinct())
                        .as("%s", places)
                        .hasSize(1));
    }

    @Test
    void thePodsOfTheExamplesAreLabelledWithTheirImagesVersion() throws IOException {
        List<Path> manifests = files().stream()
                .filter(file -> HOME.relativize(file).toString().matches("examples/\\w+/k8s/.*"))
                .toList();

        assertThat(manifests)
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(LABEL.matcher(Files.readString(manifest))
                                .results()
                                .map(label -> label.group(1)))
                        .isEqualTo(in(manifest).stream().map(Pin::version).toList()));
    }

    @Test
    void theBuildServerHasTheEmulatorOfTheImage() throws IOException {
        String workflow = Files.readString(HOME.resolve(".github/workflows/verify.yaml"));

        assertThat(pins())
                .filteredOn(pin -> pin.image().equals(EMULATOR))
                .isNotEmpty()
                .allSatisfy(pin -> assertThat(workflow)
                        .contains("version: " + pin.version().replace("-emulators", "")));
    }

    /** @param file where it is, for whoever must mend it */
    private record Pin(String image, String version, Path file) {}

    private static List<Pin> pins() throws IOException {
        List<Pin> pins = new ArrayList<>();
        for (Path file : files()) {
            pins.addAll(in(file));
        }
        return pins;
    }

    private static List<Pin> in(Path file) throws IOException {
        Pattern written = file.toString().endsWith(".java") ? IN_JAVA : IN_YAML;
        return written.matcher(Files.readString(file))
                .results()
                .map(pin -> new Pin(pin.group(1), pin.group(2), HOME.relativize(file)))
                .toList();
    }

    /** Those that are deployed or compiled; what lies among tests may name whatever it likes. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return !folder.equals(HOME)
                                && (name.startsWith(".")
                                        || Set.of("target", "test").contains(name))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().matches(".*\\.(java|ya?ml)")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
