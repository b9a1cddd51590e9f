package dev.databasetraffic.channelguard.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.ClientStreamTracer.StreamInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What is hard to bring about with a real server. */
class AttemptsTests {

    private final Attempts attempts = new Attempts();

    @Test
    void aTransparentRetryMeansThatTheServerNeverProcessedTheAttemptBefore() {
        begin(StreamInfo.newBuilder().build()).streamClosed(Status.UNAVAILABLE);
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
        ClientStreamTracer last =
                begin(StreamInfo.newBuilder().setIsTransparentRetry(true).build());
        last.inboundTrailers(new Metadata());
        last.streamClosed(Status.NOT_FOUND);
        assertThat(attempts.earlier()).isEqualTo(Delivery.NOT_SENT);
        assertThat(attempts.delivery()).isEqualTo(Delivery.ANSWERED);
    }

    @Test
    void ofHedgesNobodyKnowsWhichOneWasRepeated() {
        StreamInfo hedge = StreamInfo.newBuilder().setIsHedging(true).build();
        begin(hedge).streamClosed(Status.UNAVAILABLE);
        begin(hedge.toBuilder().setIsTransparentRetry(true).build()).streamClosed(Status.UNAVAILABLE);
        assertThat(attempts.earlier()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void nothingThatBeganIsNothingSent() {
        assertThat(attempts.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(attempts.earlier()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void anAnswerThatTheCallerWasNotToldDoesNotSayThatNothingWasDone() {
        ClientStreamTracer attempt = begin(StreamInfo.newBuilder().build());
        attempt.inboundTrailers(new Metadata());
        attempt.streamClosed(Status.OK);
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    private ClientStreamTracer begin(StreamInfo info) {
        ClientStreamTracer attempt = attempts.newClientStreamTracer(info, new Metadata());
        attempt.streamCreated(Attributes.EMPTY, new Metadata());
        return attempt;
    }
}
