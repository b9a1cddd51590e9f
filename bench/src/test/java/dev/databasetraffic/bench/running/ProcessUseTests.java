package dev.databasetraffic.bench.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessUseTests {

    @Test
    void aNameWithBlanksAndBracketsDoesNotShiftTheFields() {
        String stat = "4711 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 150 50 25 75 20 0 1 0 99";

        assertThat(ProcessUse.ticks(stat, 14)).isEqualTo(Duration.ofSeconds(2));
        assertThat(ProcessUse.ticks(stat, 16)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thisProcessUsesCpuAndMemory() throws IOException {
        long self = ProcessHandle.current().pid();

        assertThat(ProcessUse.cpu(self)).isPositive();
        assertThat(ProcessUse.residentBytes(self)).isGreaterThan(10_000_000);
    }

    @Test
    void idleAndWaitingTimeIsNotBusyTime() {
        assertThat(Cpu.busy("cpu  100 10 40 7000 500 5 45 30 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n"))
                .isEqualTo(Duration.ofSeconds(2));
    }
}
