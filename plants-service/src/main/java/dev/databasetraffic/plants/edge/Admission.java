package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Takes on what can be served in time, and refuses the rest ahead of Spring, because what a refusal costs is taken from
 * those who are served. A request that has waited for a place and a thread for too long is refused too: nobody would wait for
 * its answer. Until it is answered a request holds the container's buffers, some 70 KB, so the heap bounds how many there may be.
 */
final class Admission extends ValveBase implements AccessLog {

    private static final String ADMITTED = Admission.class.getName() + ".admitted";

    private final HttpProperties properties;
    private final Places places;
    private final ReadyAnswer answer;
    private final Refusals refusals;

    Admission(HttpProperties properties, Places places, ReadyAnswer answer, Refusals refusals) {
        super(true);
        this.properties = properties;
        this.places = places;
        this.answer = answer;
        this.refusals = refusals;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // What answers asynchronously may come here a second time.
        if (request.getAttribute(ADMITTED) == null) {
            Beginning told = Beginning.claim();
            // One of which the head came in parts was being read until now.
            Arrival arrival = told == null ? Arrival.now() : told.arrival();
            if ((told == null || told.places() == null) && !places.take()) {
                refuse(request, response);
                return;
            }
            if (arrival.age().compareTo(properties.maxWait()) > 0) {
                places.giveBack();
                refuse(request, response);
                return;
            }
            request.setAttribute(Arrival.ATTRIBUTE, arrival);
            request.setAttribute(ADMITTED, true);
        }
        getNext().invoke(request, response);
    }

    private void refuse(Request request, Response response) throws IOException {
        request.setAttribute(RequestLog.PROBLEM, Problem.OVERLOADED.slug());
        answer.send(response);
    }

    /**
     * The container calls it once for each request, when it has ended. What is refused for too much load further in, such as
     * by a full queue, is counted and told like what is refused here.
     */
    @Override
    public void log(Request request, Response response, long nanos) {
        if (request.getAttribute(ADMITTED) != null) {
            places.giveBack();
        }
        if (Problem.OVERLOADED.slug().equals(request.getAttribute(RequestLog.PROBLEM))) {
            refusals.request();
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
