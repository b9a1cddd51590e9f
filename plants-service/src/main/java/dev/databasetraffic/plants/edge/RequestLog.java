package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs one event for each request, in whatever format the service logs; the container calls it when the request has
 * ended, also for those that it refuses itself. What was served is logged at DEBUG, because metrics count it and a mesh's
 * access log tells it, and what was refused for too much load as well, of which {@link Admission} tells the number; all
 * else at INFO.
 *
 * <p>Of the caller's words it takes the method and the path alone, shortened, with all but plain characters replaced, so
 * that nobody writes lines of their own into the log.
 */
final class RequestLog extends ValveBase implements AccessLog {

    /** Request attribute: slug of the problem that the request was answered with. */
    static final String PROBLEM = RequestLog.class.getName() + ".problem";

    private static final Logger log = LoggerFactory.getLogger("plants.requests");

    private static final String OVERLOADED = Problem.OVERLOADED.slug();
    private static final int MAX_TEXT = 200;
    private static final int FIRST_FAILURE = 400;

    RequestLog() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        int status = response.getStatus();
        Object problem = request.getAttribute(PROBLEM);
        Level level = status < FIRST_FAILURE || OVERLOADED.equals(problem) ? Level.DEBUG : Level.INFO;
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        String method = plain(request.getMethod());
        String path = plain(request.getRequestURI());
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        log.atLevel(level)
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .addKeyValue("durationMillis", millis)
                .addKeyValue("problem", problem)
                .log("{} {} {} in {} ms{}", method, path, status, millis, problem == null ? "" : " " + problem);
    }

    private static String plain(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MAX_TEXT));
        for (int i = 0; i < text.length() && i < MAX_TEXT; i++) {
            char c = text.charAt(i);
            plain.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return plain.toString();
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // Proxies' headers are not logged.
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
