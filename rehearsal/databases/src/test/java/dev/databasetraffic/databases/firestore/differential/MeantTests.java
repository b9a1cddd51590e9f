package dev.databasetraffic.databases.firestore.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MeantTests {

    private static final Path README = Path.of("../../embedded-firestore/README.md");
    private static final Pattern LISTED = Pattern.compile("- \\*\\*(.*?)\\.\\*\\*");

    @Test
    void theReadmeListsEachDifferenceThatIsMeantAndNoOther() throws IOException {
        assertThat(LISTED.matcher(Files.readString(README)).results())
                .extracting(match -> match.group(1).toUpperCase(Locale.ROOT).replace(' ', '_'))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Meant.values()).map(Enum::name).toList());
    }
}
