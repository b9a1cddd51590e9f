package dev.databasetraffic.echo;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/behaviour}: which port each listener has and what it does to those who connect; and
 * {@code POST /actuator/behaviour/LISTENER} with {@code {"behaviour": "silent"}} to change that for new connections.
 */
@Component
@WebEndpoint(id = "behaviour")
class BehaviourEndpoint {

    private final Listeners listeners;

    BehaviourEndpoint(Listeners listeners) {
        this.listeners = listeners;
    }

    @ReadOperation
    Report report() {
        Map<String, State> states = new TreeMap<>();
        listeners.byName().forEach((name, listener) -> states.put(name, State.of(listener)));
        return new Report(states);
    }

    /** Answers 404 if there is no such listener. */
    @ReadOperation
    WebEndpointResponse<State> state(@Selector String listener) {
        return answer(listeners.byName().get(listener));
    }

    /** Answers 404 if there is no such listener; the endpoint's framework answers 400 if there is no such behaviour. */
    @WriteOperation
    WebEndpointResponse<State> switchTo(@Selector String listener, Behaviour behaviour) {
        Listener found = listeners.byName().get(listener);
        if (found != null) {
            found.switchTo(behaviour);
        }
        return answer(found);
    }

    private static WebEndpointResponse<State> answer(@Nullable Listener listener) {
        return listener == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(State.of(listener));
    }

    /** What the endpoint tells of all listeners, by name. */
    record Report(Map<String, State> listeners) {}

    /** What the endpoint tells of one listener. */
    record State(int port, String behaviour, int activeConnections) {

        static State of(Listener listener) {
            return new State(listener.port(), listener.behaviour().label(), listener.activeConnections());
        }
    }
}
