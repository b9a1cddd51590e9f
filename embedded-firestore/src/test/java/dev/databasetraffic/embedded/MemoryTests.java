package dev.databasetraffic.embedded;

import static dev.databasetraffic.embedded.Local.delete;
import static dev.databasetraffic.embedded.Local.set;
import static dev.databasetraffic.embedded.Local.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MemoryTests {

    private static final int LIMIT = 1_000_000;
    private static final String LARGE = "x".repeat(LIMIT / 10);

    private final Local firestore =
            new Local(EmbeddedFirestoreOptions.defaults().withMemoryLimit(LIMIT));

    @Test
    void theLimitIsKeptAndFreedMemoryIsUsedAgain() {
        fill(9);

        assertThatThrownBy(() -> write(9))
                .hasMessageStartingWith("RESOURCE_EXHAUSTED: The embedded Firestore stand-in is full")
                .hasMessageContaining("of the " + LIMIT);
        assertThat(firestore.store.footprint()).isLessThanOrEqualTo(LIMIT);

        firestore.commit(delete("a/0"));
        write(9);
    }

    @Test
    void whatAReadOnlyTransactionStillSeesIsNotFreed() {
        fill(9);
        ByteString reader = firestore.begin(true);
        firestore.commit(delete("a/0"));

        assertThat(firestore.get("a/0", reader).hasUpdateTime()).isTrue();
        assertThatThrownBy(() -> write(9)).hasMessageStartingWith("RESOURCE_EXHAUSTED");

        firestore.commit(reader);
        write(9);
    }

    @Test
    void whatIsReplacedWhileAReaderStillSeesItIsCountedTwice() {
        fill(5);
        ByteString reader = firestore.begin(true);
        long before = firestore.store.footprint();
        for (int i = 0; i < 3; i++) {
            firestore.commit(set("a/" + i, Map.of("x", value(LARGE.replace('x', 'y')))));
        }
        assertThat(firestore.store.footprint())
                .as("three of five are there twice")
                .isEqualTo(before / 5 * 8);

        firestore.commit(reader);
        write(0);
        assertThat(firestore.store.footprint()).isEqualTo(before);
    }

    @Test
    void whatNobodyHasReadOfADocumentsVersionsIsFreedAtOnce() {
        write(0);
        long one = firestore.store.footprint();
        ByteString reader = firestore.begin(true);
        for (int i = 0; i < 100; i++) {
            firestore.commit(set("a/0", Map.of("x", value(LARGE.substring(3) + (100 + i)))));
        }
        assertThat(firestore.store.footprint()).isEqualTo(2 * one);
        assertThat(firestore.get("a/0", reader).getFieldsOrThrow("x")).isEqualTo(value(LARGE));
    }

    @Test
    void whatOnlyEarlierReadersSawIsFreedThoughThereIsAlwaysOne() {
        ByteString reader = firestore.begin(true);
        for (int i = 0; i < 100; i++) {
            write(0);
            firestore.commit(delete("a/0"));
            ByteString next = firestore.begin(true);
            firestore.commit(reader);
            reader = next;
        }
        assertThat(firestore.store.footprint()).isLessThan(LIMIT / 2);
    }

    @Test
    void aStringBeyondLatin1TakesTwoBytesACharacter() {
        firestore.commit(set("a/1", Map.of("x", value("o".repeat(1000)))));
        long latin = firestore.store.footprint();
        firestore.commit(set("a/1", Map.of("x", value("о".repeat(1000)))));
        assertThat(firestore.store.footprint()).isEqualTo(latin + 1000);
    }

    @Test
    void nothingIsLeftOfWhatWasDeleted() {
        fill(5);
        for (int i = 0; i < 5; i++) {
            firestore.commit(delete("a/" + i));
        }
        assertThat(firestore.store.footprint()).isZero();

        fill(5);
        firestore.store.clear("test");
        assertThat(firestore.store.footprint()).isZero();
    }

    @Test
    void aWarningComesOnceBeforeTheLimit(CapturedOutput output) {
        fill(7);
        assertThat(output).doesNotContain("nearly full");

        write(7);
        write(8);
        assertThat(output).containsOnlyOnce("The embedded Firestore stand-in is nearly full");
    }

    private void fill(int documents) {
        for (int i = 0; i < documents; i++) {
            write(i);
        }
    }

    private void write(int id) {
        firestore.commit(set("a/" + id, Map.of("x", value(LARGE))));
    }
}
