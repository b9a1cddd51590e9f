package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTests {

    @TempDir
    private Path folder;

    @Test
    void replacesASectionAndNothingElse() throws IOException {
        Path page = folder.resolve("README.md");
        Files.writeString(page, "before\n<!-- path -->\nold\n<!-- /path -->\nafter\n");

        Publication.section(page, "path", "new");

        assertThat(page).hasContent("before\n<!-- path -->\nnew\n<!-- /path -->\nafter\n");
    }

    @Test
    void refusesAPageWithoutTheSection() throws IOException {
        Path page = folder.resolve("README.md");
        Files.writeString(page, "<!-- /path -->\n<!-- path -->\n");

        assertThatThrownBy(() -> Publication.section(page, "path", "new"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("<!-- path -->");
        assertThat(page).hasContent("<!-- /path -->\n<!-- path -->\n");
    }
}
