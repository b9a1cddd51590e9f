package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.MeshEvent.Kind;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoryTests {

    private final Story story = new Story();

    @Test
    void ofManyWritesTheFirstFailureAndTheFirstSuccessAfterwardsAreMoments() {
        write(Outcome.NOT_WRITTEN);
        write(Outcome.ACKNOWLEDGED);
        story.add(event(Kind.APPLIED));
        write(Outcome.ACKNOWLEDGED);
        write(Outcome.AMBIGUOUS);
        write(Outcome.NOT_WRITTEN);
        story.add(event(Kind.OLD_CONNECTION_GONE));
        story.add(event(Kind.REMOVED));
        write(Outcome.NOT_WRITTEN);
        write(Outcome.ACKNOWLEDGED);
        write(Outcome.ACKNOWLEDGED);

        assertThat(story.moments())
                .extracting(Story.Moment::kind)
                .containsExactly("applied", "failure", "gone", "removed", "success");
        assertThat(story.moments()).extracting(Story.Moment::id).doesNotHaveDuplicates();
    }

    @Test
    void anOutageThatNobodyFeltHasNoFailure() {
        story.add(event(Kind.APPLIED));
        write(Outcome.NOT_SENT);
        story.add(event(Kind.REMOVED));
        write(Outcome.NOT_WRITTEN);

        assertThat(story.moments()).extracting(Story.Moment::kind).containsExactly("applied", "removed");
    }

    private void write(Outcome outcome) {
        Write write = new Write(
                0, Duration.ZERO, Duration.ofMillis(1), new Answer(outcome, 0, "", true), Write.Settlement.NONE);
        story.add(write, 0);
    }

    private static MeshEvent event(Kind kind) {
        return new MeshEvent(kind, Instant.now(), "");
    }
}
