package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTests {

    @Test
    void oneOutlierDoesNotMoveTheMedian() {
        assertThat(Spread.of(DoubleStream.of(900, 1000, 1, 1100, 1050))).isEqualTo(new Spread(1000, 1, 1100));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 8)).median()).isEqualTo(3);
    }
}
