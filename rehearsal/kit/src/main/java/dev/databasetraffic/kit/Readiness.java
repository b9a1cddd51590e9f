package dev.databasetraffic.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waiting until something is ready. */
public final class Readiness {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private Readiness() {}

    /** One look at what is waited for; throws if waiting has become pointless. */
    @FunctionalInterface
    public interface Look<E extends Exception> {
        boolean isReady() throws E, InterruptedException;
    }

    /**
     * Looks again and again, at once at first.
     *
     * @param pace the pause between two looks
     * @return whether it was ready before the time was up
     */
    public static <E extends Exception> boolean await(Duration atMost, Duration pace, Look<E> look)
            throws E, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!look.isReady()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(pace.toMillis());
        }
        return true;
    }

    /** Whether a page is answered with status 200 within 2 s. */
    public static boolean answers(URI page) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(page).timeout(REQUEST_TIMEOUT).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
