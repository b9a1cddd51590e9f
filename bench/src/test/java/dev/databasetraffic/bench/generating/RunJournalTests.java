package dev.databasetraffic.bench.generating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTests {

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void theRunIsFoundAmongWhatElseAJournalHasAndTheLedgerIsLeftAlone() throws IOException {
        // The ledger breaks off: nobody reads as far.
        Path journal = journal("""
                {"experiment":{"rehearsal":{"run":"another"}},"rehearsal":{"format":2,"run":{"id":"a"},"ledger":{"writes":[
                """);

        assertThat(RunJournal.run(journal).path("id").asString()).isEqualTo("a");
    }

    @Test
    void whatIsNoJournalIsRefused() throws IOException {
        Path journal = journal("{\"rehearsal\":{}}");

        assertThatIOException().isThrownBy(() -> RunJournal.run(journal)).withMessageContaining("not a rehearsal's");
    }

    private Path journal(String text) throws IOException {
        return Files.writeString(folder.resolve("journal.json"), text);
    }
}
