package dev.databasetraffic.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTests {

    private static final Path GUIDE = Path.of("../docs/embedded-firestore.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuidesExamplesAreTestsThatRun() throws IOException {
        List<String> examples = JAVA.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Tests.java")).toList()) {
                code.append(Files.readString(file));
            }
        }

        assertThat(examples).hasSize(2).allSatisfy(example -> assertThat(code).contains(example));
    }
}
