package dev.databasetraffic.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MeantTests {

    private static final Pattern LISTED = Pattern.compile("- \\*\\*(.*?)\\.\\*\\*");

    @Test
    void theReadmeListsEachDifferenceThatIsMeantAndNoOther() throws IOException {
        assertThat(LISTED.matcher(Files.readString(Path.of("README.md"))).results())
                .extracting(match -> match.group(1).toUpperCase(Locale.ROOT).replace(' ', '_'))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Meant.values()).map(Enum::name).toList());
    }
}
