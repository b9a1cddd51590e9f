package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that say in their first lines what is to be found in them, and files that are fine and say nothing. */
class FilesTests {

    private static final Path FOLDER = Path.of("src/test/resources/check/files");
    private static final Pattern EXPECTED = Pattern.compile("(?m)^# finds (\\w+ [a-z-]+ at line \\d+): (.*)$");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void exactlyThatIsFoundWhichTheFileSays(Path file) throws Exception {
        List<MatchResult> expected =
                EXPECTED.matcher(Files.readString(file)).results().toList();

        var manifests = new ManifestReader(false, "shop").read(List.of(file)).orThrow();
        List<Finding> findings = MeshCheck.check(manifests, MeshOptions.DEFAULTS);

        assertThat(findings)
                .extracting(finding -> "%s %s at line %d"
                        .formatted(finding.severity(), finding.trap().id(), finding.line()))
                .containsExactlyElementsOf(
                        expected.stream().map(each -> each.group(1)).toList());
        for (int i = 0; i < findings.size(); i++) {
            assertThat(findings.get(i).why()).contains(expected.get(i).group(2));
            assertThat(findings.get(i).mend()).isNotBlank();
        }
    }
}
