package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.RunQueryResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivingDocumentsTests {

    private static final Document SUNFLOWER =
            Document.newBuilder().setName("plants/sunflower").build();

    private final List<Document> found = new ArrayList<>();
    private final ArrivingDocuments arriving = new ArrivingDocuments(found::add, Duration.ofMillis(20));

    @Test
    void anAnswerThatOnlyTellsTheTimeIsNoDocument() throws InterruptedException {
        arriving.onNext(RunQueryResponse.newBuilder().setDocument(SUNFLOWER).build());
        arriving.onNext(RunQueryResponse.getDefaultInstance());
        arriving.onCompleted();
        arriving.await();

        assertThat(found).containsExactly(SUNFLOWER);
    }

    @Test
    void whatBreaksOffIsNotComplete() {
        arriving.onNext(RunQueryResponse.newBuilder().setDocument(SUNFLOWER).build());
        arriving.onError(Status.UNAVAILABLE.asRuntimeException());

        assertThatThrownBy(arriving::await)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void whatFallsSilentIsNotWaitedForForever() {
        assertThatThrownBy(arriving::await)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("nothing came");
    }
}
