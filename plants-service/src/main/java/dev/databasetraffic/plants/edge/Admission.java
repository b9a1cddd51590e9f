package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes on what can be served in time, and refuses the rest ahead of Spring, because what a refusal costs is taken from
 * those who are served. A request that has waited for a thread for too long is refused too: nobody would wait for its
 * answer. Until it is answered a request holds the container's buffers, some 70 KB, so the heap bounds how many there may be.
 */
final class Admission extends ValveBase implements AccessLog {

    private static final Logger log = LoggerFactory.getLogger("plants.requests");

    private static final String ADMITTED = Admission.class.getName() + ".admitted";

    private static final long TOLD_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final HttpProperties properties;
    private final Counter refusals;
    private final byte[] refusal;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - TOLD_EVERY);

    Admission(HttpProperties properties, MeterRegistry registry, JsonMapper json) {
        super(true);
        this.properties = properties;
        Problem problem = Problem.OVERLOADED;
        refusal =
                json.writeValueAsBytes(ProblemBody.of(problem, problem.status().value(), List.of()));
        refusals = Counter.builder("plants.http.refused")
                .description("Requests refused because more came than can be served in time")
                .register(registry);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // What answers asynchronously may come here a second time.
        if (request.getAttribute(ADMITTED) == null) {
            Arrival arrival = ConnectorThreads.arrivalOf(request);
            if (arrival.age().compareTo(properties.maxWait()) > 0 || !takesOneMore()) {
                refuse(request, response);
                return;
            }
            request.setAttribute(Arrival.ATTRIBUTE, arrival);
            request.setAttribute(ADMITTED, true);
        }
        getNext().invoke(request, response);
    }

    private boolean takesOneMore() {
        if (inProgress.incrementAndGet() <= properties.maxRequests()) {
            return true;
        }
        inProgress.decrementAndGet();
        return false;
    }

    private void refuse(Request request, Response response) throws IOException {
        request.setAttribute(RequestLog.PROBLEM, Problem.OVERLOADED.slug());
        response.setStatus(Problem.OVERLOADED.status().value());
        SecurityHeadersFilter.setOn(response);
        response.setHeader(HttpHeaders.RETRY_AFTER, properties.retryAfterSeconds());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(refusal.length);
        response.getOutputStream().write(refusal);
    }

    /** Once a second, for a line each would cost more than the refusal. */
    private void tell() {
        untold.incrementAndGet();
        long now = System.nanoTime();
        long last = lastTold.get();
        if (now - last >= TOLD_EVERY && lastTold.compareAndSet(last, now)) {
            log.warn(
                    "Overloaded: {} requests were refused; {} are in progress, and {} may be",
                    untold.getAndSet(0),
                    inProgress.get(),
                    properties.maxRequests());
        }
    }

    /**
     * The container calls it once for each request, when it has ended. What is refused for too much load further in, such as
     * by a full queue, is counted and told like what is refused here.
     */
    @Override
    public void log(Request request, Response response, long nanos) {
        if (request.getAttribute(ADMITTED) != null) {
            inProgress.decrementAndGet();
        }
        if (Problem.OVERLOADED.slug().equals(request.getAttribute(RequestLog.PROBLEM))) {
            refusals.increment();
            tell();
        }
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // Of a request's attributes it reads its own alone.
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
