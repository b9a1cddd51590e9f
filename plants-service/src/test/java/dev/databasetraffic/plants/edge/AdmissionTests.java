package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class AdmissionTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HttpProperties properties = new HttpProperties(
            Duration.ofSeconds(1),
            DataSize.ofKilobytes(16),
            Duration.ofSeconds(10),
            1,
            Duration.ZERO,
            Duration.ofSeconds(1),
            100);
    private final Places places = new Places(1, Duration.ZERO, Duration.ZERO, System::nanoTime);
    private final Admission admission = new Admission(
            properties,
            places,
            new ReadyAnswer(Problem.OVERLOADED, properties, JsonMapper.shared()),
            new Refusals(registry));

    @Test
    void whatIsRefusedForTooMuchLoadFurtherInIsCountedAndToldAsWell(CapturedOutput output) {
        ended(Problem.OVERLOADED);
        ended(Problem.DATABASE_UNAVAILABLE);
        ended(Problem.OVERLOADED);

        assertThat(registry.get("plants.http.refused")
                        .tag("problem", "overloaded")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(output.getAll().lines().filter(line -> line.contains("Overloaded: ")))
                .singleElement()
                .asString()
                .contains("Overloaded: 1 requests were refused");
    }

    @Test
    void whoHasWaitedForTooLongForAThreadIsRefusedAndGivesItsPlaceBack() throws Exception {
        assertThat(places.take()).isTrue();
        Arrival arrival = new Arrival(
                System.nanoTime() - properties.maxWait().plusMillis(1).toNanos());
        Response response = mock();
        when(response.getOutputStream()).thenReturn(mock());

        new Beginning(arrival, places).during(() -> invoke(response));

        verify(response).setStatus(503);
        assertThat(places.take()).as("its place").isTrue();
        assertThat(places.take()).as("another").isFalse();
    }

    @Test
    void aRequestWhoseHeadTookItsTimeToArriveHasWaitedForNobody() throws Exception {
        Valve next = mock();
        admission.setNext(next);
        org.apache.coyote.Request begun = new org.apache.coyote.Request();
        begun.setStartTimeNanos(
                System.nanoTime() - properties.maxWait().multipliedBy(2).toNanos());
        Request request = new Request(new Connector(), begun);
        Response response = mock();

        admission.invoke(request, response);

        verify(next).invoke(request, response);
        Arrival arrival = (Arrival) request.getAttribute(Arrival.ATTRIBUTE);
        assertThat(arrival.age()).isLessThan(properties.maxWait());
    }

    /** Nothing comes after it, so it fails if the request is let through. */
    private void invoke(Response response) {
        try {
            admission.invoke(new Request(new Connector(), new org.apache.coyote.Request()), response);
        } catch (IOException | ServletException e) {
            throw new AssertionError(e);
        }
    }

    private void ended(Problem problem) {
        Request request = new Request(new Connector(), new org.apache.coyote.Request());
        request.setAttribute(RequestLog.PROBLEM, problem.slug());
        admission.log(request, new Response(new org.apache.coyote.Response()), 0);
    }
}
