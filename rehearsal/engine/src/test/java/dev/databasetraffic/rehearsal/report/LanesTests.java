package dev.databasetraffic.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTests {

    private final Lanes lanes = new Lanes();

    @Test
    void labelsThatDoNotMeetShareTheTopLane() {
        assertThat(lanes.place(0, 0, 50)).isZero();
        assertThat(lanes.place(60, 60, 100)).isZero();
        assertThat(lanes.count()).isEqualTo(1);
    }

    @Test
    void aLabelThatWouldMeetAnotherGoesBelowIt() {
        lanes.place(0, 0, 50);
        assertThat(lanes.place(10, 10, 60)).isEqualTo(1);
        assertThat(lanes.place(20, 20, 70)).isEqualTo(2);
        assertThat(lanes.place(80, 80, 90)).isZero();
    }

    @Test
    void aLineDoesNotRunThroughATextBelowIt() {
        lanes.place(0, 0, 50);
        lanes.place(10, 10, 90);

        assertThat(lanes.place(60, 60, 100))
                .as("lane 0 is free, but its line would cross lane 1's text")
                .isEqualTo(2);
    }

    @Test
    void labelsThatCannotAvoidLinesStillGetALaneOfTheirOwn() {
        assertThat(lanes.place(10, 0, 20)).isZero();
        assertThat(lanes.place(11, 1, 21)).isEqualTo(1);
        assertThat(lanes.place(12, 2, 22)).isEqualTo(2);
    }
}
