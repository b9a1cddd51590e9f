package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTests {

    @TempDir
    private Path folder;

    @Test
    void aLineIsToldOnceItIsComplete() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "✅ one\ntw");
        FollowedFile followed = new FollowedFile(file);

        assertThat(followed.read()).containsExactly("✅ one");
        assertThat(followed.read()).isEmpty();
        Files.writeString(file, "o 🚫\r\nthree", StandardOpenOption.APPEND);
        assertThat(followed.read()).containsExactly("two 🚫");
    }

    @Test
    void ofALongLogTheEndIsToldAndThatTheRestIsLeftOut() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "old\n".repeat(100_000) + "last\n");
        FollowedFile followed = new FollowedFile(file);

        assertThat(followed.read()).startsWith("…").endsWith("last").hasSizeLessThan(20_000);
        Files.writeString(file, "x".repeat(200_000) + "\nend\n", StandardOpenOption.APPEND);
        assertThat(followed.read()).containsExactly("… lines left out: there were too many", "end");
    }

    @Test
    void aFileThatSomebodyEmptiedIsReadFromItsBeginning() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "before it was emptied\n");
        FollowedFile followed = new FollowedFile(file);
        followed.read();

        Files.writeString(file, "anew\n");
        assertThat(followed.read()).containsExactly("anew");
    }

    @Test
    void aLogThatIsNotThereYetHasNoLines() throws Exception {
        assertThat(new FollowedFile(folder.resolve("none")).read()).isEmpty();
    }
}
