package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private static final Duration BURST = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<String> told = new ArrayList<>();
    private long now;
    private boolean needsIt = true;
    private final Places places = new Places(2, BURST, PATIENCE, () -> now);

    @Test
    void whoFindsNoneWaitsAndGetsTheNextInTurn() {
        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).isFalse();

        assertThat(places.waitFor(request("first"))).isTrue();
        assertThat(places.waitFor(request("second"))).isTrue();
        assertThat(told).isEmpty();

        places.giveBack();
        assertThat(told).containsExactly("first begins");
        assertThat(places.takeInTurn()).as("ahead of the second").isFalse();
        places.giveBack();
        assertThat(told).containsExactly("first begins", "second begins");

        places.giveBack();
        places.giveBack();
        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).as("as many as before").isFalse();
    }

    @Test
    void whoIsToWaitWhenOneHasJustBeenGivenBackBeginsAtOnce() {
        assertThat(places.waitFor(request("late"))).isTrue();

        assertThat(told).containsExactly("late begins");
    }

    @Test
    void whoHasWaitedForTooLongIsRefusedAndTakesNone() {
        takeAll();
        Places.Waiting late = request("late");
        assertThat(places.waitFor(late)).isTrue();

        places.giveUp(late);
        places.giveUp(late);

        assertThat(told).containsExactly("late refused");
        places.giveBack();
        assertThat(told).containsExactly("late refused");
        assertThat(places.takeInTurn()).isTrue();
    }

    @Test
    void whoHasBegunIsNotRefusedAnyMore() {
        takeAll();
        Places.Waiting request = request("request");
        places.waitFor(request);
        places.giveBack();

        places.giveUp(request);

        assertThat(told).containsExactly("request begins");
    }

    @Test
    void whatOneDoesNotNeedAfterAllIsForTheNext() {
        takeAll();
        places.waitFor(request("first"));
        places.waitFor(request("second"));

        needsIt = false;
        places.giveBack();

        assertThat(told).containsExactly("first begins", "second begins");
        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).isFalse();
    }

    @Test
    void asManyMayWaitAsThereArePlacesAndAgainWhenOneOfThemHasBegun() {
        takeAll();
        assertThat(places.waitFor(request("first"))).isTrue();
        assertThat(places.waitFor(request("second"))).isTrue();

        assertThat(places.waitFor(request("third"))).isFalse();

        places.giveBack();
        assertThat(places.waitFor(request("third"))).isTrue();
        assertThat(told).containsExactly("first begins");
    }

    @Test
    void nobodyJoinsALineAnyMoreThatHasMovedSlowlyForLongerThanABurstUntilItHasNotForAsLong() {
        takeAll();
        for (int i = 0; i < 9; i++) {
            assertThat(places.waitFor(request("burst")))
                    .as("after %s ms", 30 * i)
                    .isTrue();
            now += Duration.ofMillis(30).toNanos();
            assertThat(places.waitFor(request("behind"))).as("behind the first").isTrue();
            places.giveBack();
            places.giveBack();
            assertThat(places.waiting()).isZero();
        }
        assertThat(places.waitFor(request("first of a new line"))).isTrue();
        for (int i = 0; i < 100; i++) {
            now += Duration.ofMillis(30).toNanos();
            assertThat(places.waitFor(request("overload"))).isFalse();
        }
        places.giveBack();
        assertThat(places.waitFor(request("first of a new line")))
                .as("it has not waited yet")
                .isTrue();
        now += Duration.ofMillis(30).toNanos();
        assertThat(places.waitFor(request("overload"))).isFalse();

        now += BURST.toNanos() + 1;
        assertThat(places.waitFor(request("another burst"))).isTrue();
        assertThat(told).doesNotContain("overload begins", "overload refused");
    }

    @Test
    void aLineThatMovesFastIsNoOverloadHoweverLongItLasts() {
        takeAll();
        for (int i = 0; i < 1000; i++) {
            assertThat(places.waitFor(request("one"))).as("after %s ms", 20 * i).isTrue();
            now += Duration.ofMillis(20).toNanos();
            assertThat(places.waitFor(request("another"))).isTrue();
            places.giveBack();
            places.giveBack();
        }
    }

    @Test
    void aPlaceIsFreeAgainWhenARequestCannotBegin() {
        takeAll();
        Places.Waiting broken = mock();
        when(broken.begin()).thenThrow(new IllegalStateException("no memory"));
        assertThat(places.waitFor(broken)).isTrue();

        assertThatIllegalStateException().isThrownBy(places::giveBack);

        assertThat(places.takeInTurn()).isTrue();
        assertThat(places.takeInTurn()).isFalse();
    }

    private void takeAll() {
        assertThat(places.take()).isTrue();
        assertThat(places.take()).isTrue();
    }

    private Places.Waiting request(String name) {
        return new Places.Waiting() {
            @Override
            public boolean begin() {
                told.add(name + " begins");
                return needsIt;
            }

            @Override
            public void refuse() {
                told.add(name + " refused");
            }
        };
    }
}
