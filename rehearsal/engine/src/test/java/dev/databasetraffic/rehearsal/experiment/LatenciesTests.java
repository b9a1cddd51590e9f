package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTests {

    private final Latencies latencies = new Latencies();

    @Test
    void percentilesAreThoseOfTheWholeListWithinAThousandth() {
        long[] nanos = new Random(7)
                .doubles(10_000)
                .mapToLong(share -> 1_000_000 + (long) (20e9 * Math.pow(share, 6)))
                .toArray();
        LongStream.of(nanos).mapToObj(Duration::ofNanos).forEach(latencies::add);
        long[] sorted = LongStream.of(nanos).sorted().toArray();

        assertThat(latencies.count()).isEqualTo(10_000);
        assertThat(latencies.least()).isEqualTo(Duration.ofNanos(sorted[0]));
        assertThat(latencies.greatest()).isEqualTo(Duration.ofNanos(sorted[9_999]));
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            double exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
            assertThat(latencies.quantile(share).toNanos() / exact)
                    .as("%s", share)
                    .isBetween(0.998, 1.001);
        }
    }

    @Test
    void ofOneCallEveryPercentileIsItsOwn() {
        latencies.add(Duration.ofNanos(1_234_567));

        assertThat(latencies.quantile(0.5)).isEqualTo(Duration.ofNanos(1_234_567));
        assertThat(latencies.quantile(0.99)).isEqualTo(Duration.ofNanos(1_234_567));
    }
}
