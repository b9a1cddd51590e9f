package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Put each page's examples through the checker: what they claim is so. */
class ExplanationTests {

    @ParameterizedTest
    @EnumSource
    void exampleIsFoundUnderItsIdAlone(Trap trap) throws ManifestException {
        assertThat(found(trap.explanation().example())).containsExactly(trap);
    }

    @ParameterizedTest
    @EnumSource
    void mendedExampleIsNot(Trap trap) throws ManifestException {
        assertThat(found(trap.explanation().mended())).isEmpty();
    }

    @Test
    void whatStandsBesideTheExamplesIsClean() throws ManifestException {
        assertThat(found("")).isEmpty();
    }

    private static List<Manifest> read(String name, String text) throws ManifestException {
        return new ManifestReader()
                .read(Path.of(name), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }

    private static Set<Trap> found(String manifests) throws ManifestException {
        List<Manifest> read = new ArrayList<>(read("surroundings.yaml", Explanation.SURROUNDINGS));
        if (!manifests.isEmpty()) {
            read.addAll(read("example.yaml", manifests));
        }
        return Allowances.of(read, MeshCheck.check(read, MeshOptions.DEFAULTS)).left().stream()
                .map(Finding::trap)
                .collect(Collectors.toSet());
    }
}
