package dev.databasetraffic.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedFirestoreOptionsTests {

    private final EmbeddedFirestoreOptions options = EmbeddedFirestoreOptions.defaults();

    @Test
    void whatCannotBeIsRefusedInWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withPort(70_000))
                .withMessage("port is 70000; it is from 0 to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withMemoryLimit(5))
                .withMessageContaining("memoryLimit is 5 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withLockWait(Duration.ZERO))
                .withMessageContaining("lockWait is PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> options.withHost(" "));
    }

    @Test
    void theCommandLineSaysTheSame() {
        assertThat(EmbeddedFirestoreMain.parse(List.of("--host=0.0.0.0", "--port=0", "--memory=64")))
                .isEqualTo(options.withHost("0.0.0.0").withPort(0).withMemoryLimit(64L << 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedFirestoreMain.parse(List.of("--port=x")))
                .withMessageContaining("\"--port=x\" needs a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedFirestoreMain.parse(List.of("--prot=1")))
                .withMessageContaining("\"--prot=1\" is no option");
    }
}
