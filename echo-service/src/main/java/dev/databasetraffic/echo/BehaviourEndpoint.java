package dev.databasetraffic.echo;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    @ReadOperation
    WebEndpointResponse<?> state(@Selector String listener) {
        EchoListener found = listeners.byName().get(listener);
        return found == null ? noSuchListener() : new WebEndpointResponse<>(State.of(found));
    }

    @WriteOperation
    WebEndpointResponse<?> switchTo(@Selector String listener, @Nullable String behaviour) {
        EchoListener found = listeners.byName().get(listener);
        if (found == null) {
            return noSuchListener();
        }
        Optional<Behaviour> next = Arrays.stream(Behaviour.values())
                .filter(known -> known.label().equals(behaviour))
                .findAny();
        if (next.isEmpty()) {
            return noSuchBehaviour();
        }
        found.switchTo(next.get());
        return new WebEndpointResponse<>(State.of(found));
    }

    private WebEndpointResponse<Refusal> noSuchListener() {
        String known = String.join(", ", listeners.byName().keySet());
        return new WebEndpointResponse<>(
                new Refusal("There is no such listener. Name one of: " + known + "."),
                WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static WebEndpointResponse<Refusal> noSuchBehaviour() {
        String known = Arrays.stream(Behaviour.values()).map(Behaviour::label).collect(Collectors.joining(", "));
        return new WebEndpointResponse<>(
                new Refusal("There is no such behaviour. Set the member \"behaviour\" to one of: " + known + "."),
                WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    /** What the endpoint tells of all listeners, by name. */
    record Report(Map<String, State> listeners) {}

    /** What the endpoint tells of one listener. */
    record State(int port, String behaviour, int activeConnections) {

        static State of(EchoListener listener) {
            return new State(listener.port(), listener.behaviour().label(), listener.activeConnections());
        }
    }

    /** Why nothing was done, and what would have worked. */
    record Refusal(String detail) {}
}
