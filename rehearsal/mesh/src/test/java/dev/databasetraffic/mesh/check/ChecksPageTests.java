package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChecksPageTests {

    private static final Path PAGE = Path.of("..", "..", "docs", "checks.md");

    @Test
    void pageIsWhatTheExplanationsSay() throws IOException {
        String page = ChecksPage.markdown();
        if (System.getProperty("checks.page", "").equals("write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("the first lines of %s say how to make it anew", PAGE)
                .content(StandardCharsets.UTF_8)
                .isEqualTo(page);
    }
}
