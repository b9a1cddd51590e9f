package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageFilesTests {

    private static final Path SHIPPED = Path.of("..", "..", "istio", "outage");

    @TempDir
    private Path folder;

    @Test
    void eachShippedOutageIsExplainedByItsOwnFirstLines() throws Exception {
        Set<OutageChoice> choices = OutageFiles.in(SHIPPED).keySet();

        assertThat(choices).extracting(OutageChoice::id).containsExactly("black-hole", "half", "refused", "silent");
        assertThat(choices).allSatisfy(choice -> {
            assertThat(choice.title()).doesNotContain("Outage", "#").hasSizeLessThan(40);
            assertThat(choice.explanation()).hasSize(2);
            assertThat(choice.explanation().get(1)).startsWith("What callers see");
        });
    }

    @Test
    void aManifestWithoutACommentGoesByItsName() throws Exception {
        Files.writeString(folder.resolve("mine.yaml"), "kind: VirtualService\n");

        assertThat(OutageFiles.in(folder).keySet())
                .containsExactly(new OutageChoice("mine", "mesh", "mine", List.of(), false));
    }

    @Test
    void aRuleIsKnownByTheFileItWasAppliedFrom() {
        assertThat(OutageFiles.id("/run/outages/black-hole.yaml:14")).isEqualTo("black-hole");
        assertThat(OutageFiles.id("half.yml")).isEqualTo("half");
    }
}
