package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a viewer who may switch can have done. */
final class Switching {

    private final LivePage page;
    private final SampleCall sample = new SampleCall();

    Switching(LivePage page) {
        this.page = page;
    }

    /** It was not done; the message is for the viewer. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, @Nullable String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** @return what the viewer is answered, as JSON */
    Object act(String path, JsonNode wish) throws RefusedException, InterruptedException {
        Controls controls = page.controls();
        Watched watched = page.watched();
        if (controls == null || watched == null) {
            throw new RefusedException(409, "Nothing can be switched here now.");
        }
        try {
            return switch (path) {
                case "/outage/start" -> {
                    controls.begin(wish.path("id").asText(), wish.path("cut").asBoolean(true))
                            .forEach(page::note);
                    yield Map.of();
                }
                case "/outage/stop" -> {
                    controls.end();
                    yield Map.of();
                }
                case "/load" -> {
                    controls.setRate(rate(wish.path("rate")));
                    yield Map.of();
                }
                case "/sample" -> sample.send(watched.address(), controls.sample(), wish);
                default -> throw new RefusedException(404, "There is nothing here.");
            };
        } catch (PlaceException e) {
            throw new RefusedException(409, e.getMessage());
        } finally {
            page.tellNow();
        }
    }

    private static int rate(JsonNode rate) throws RefusedException {
        if (!rate.isInt() || rate.asInt() < 0 || rate.asInt() > LiveLoad.MOST) {
            throw new RefusedException(400, "rate: a whole number from 0 to " + LiveLoad.MOST + " is expected.");
        }
        return rate.asInt();
    }
}
