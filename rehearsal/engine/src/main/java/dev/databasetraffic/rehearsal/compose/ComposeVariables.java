package dev.databasetraffic.rehearsal.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What docker-compose.yml takes from its environment. */
final class ComposeVariables {

    private ComposeVariables() {}

    static Map<String, String> of(PlaceOptions options) throws PlaceException {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVOY_DRAIN_SECONDS", String.valueOf(seconds(options.drain())));
        if (!options.serviceProperties().isEmpty()) {
            try {
                variables.put("PLANTS_PROPERTIES", new ObjectMapper().writeValueAsString(options.serviceProperties()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("strings have a JSON form", e);
            }
        }
        return variables;
    }

    private static long seconds(Duration drain) throws PlaceException {
        if (drain.toMillis() % 1000 != 0 || drain.isNegative()) {
            throw new PlaceException("Envoy's drain time is in whole seconds; " + drain.toMillis() + " ms is not.");
        }
        return drain.toSeconds();
    }
}
