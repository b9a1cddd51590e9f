package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.junit.jupiter.api.Test;

class ConnectorThreadsTests {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Places places = new Places(1);
    private final ConnectorThreads threads = new ConnectorThreads(waiting::add, places);
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Long> begun = new ArrayList<>();

    @Test
    void aRequestArrivedWhenItWasHandedOverHoweverLateAThreadComesToIt() {
        long before = System.nanoTime();
        threads.execute(this::read);
        long after = System.nanoTime();

        waiting.remove().run();

        assertThat(arrivals)
                .singleElement()
                .satisfies(arrival -> assertThat(arrival).isBetween(before, after));
    }

    @Test
    void theNextRequestOnTheSameConnectionArrivedWhenTheContainerBeganWithIt() {
        threads.execute(() -> {
            read();
            read();
        });

        waiting.remove().run();

        assertThat(arrivals).hasSize(2).last().isEqualTo(begun.get(1));
    }

    @Test
    void whatNoThreadOfOursReadsArrivedWhenTheContainerBeganWithIt() {
        read();

        assertThat(arrivals).isEqualTo(begun);
    }

    @Test
    void whatBeginsARequestWaitsForAPlaceAndTheEndOfOneThatHasItsDoesNot() {
        threads.execute(() -> {});
        assertThat(places.areTaken()).as("by an end").isFalse();
        waiting.remove().run();

        ConnectorThreads.begin(() -> {
            threads.execute(() -> {});
            return true;
        });
        assertThat(places.areTaken()).as("by a request").isTrue();
        waiting.remove().run();
        assertThat(places.areTaken()).as("once a thread has come to it").isFalse();

        threads.execute(() -> {});
        assertThat(places.areTaken()).as("by an end that follows").isFalse();
    }

    private void read() {
        org.apache.coyote.Request started = new org.apache.coyote.Request();
        started.markStartTime();
        begun.add(started.getStartTimeNanos());
        arrivals.add(ConnectorThreads.arrivalOf(new Request(new Connector(), started))
                .nanoTime());
    }
}
