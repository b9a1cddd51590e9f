package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTests {

    @Test
    void oneOutlierDoesNotMoveTheMedian() {
        assertThat(Spread.of(DoubleStream.of(900, 1000, 1, 1100, 1050))).isEqualTo(new Spread(1000, 900, 1050));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 8)).median()).isEqualTo(3);
    }

    @Test
    void theMiddleHalfLiesBetweenMeasuredValuesInProportion() {
        assertThat(Spread.of(DoubleStream.of(1, 2, 3, 4))).isEqualTo(new Spread(2.5, 1.75, 3.25));
        assertThat(Spread.of(DoubleStream.of(7))).isEqualTo(new Spread(7, 7, 7));
    }
}
