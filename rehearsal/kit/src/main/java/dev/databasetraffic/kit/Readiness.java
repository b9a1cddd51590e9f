package dev.databasetraffic.kit;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Waiting until something is ready. */
public final class Readiness {

    private static final int REQUEST_TIMEOUT_MILLIS = 2000;

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

    /** Whether a page is answered with status 200 within 2 s. Has no thread of its own, as it is asked many times in a row. */
    public static boolean answers(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(REQUEST_TIMEOUT_MILLIS);
            connection.setReadTimeout(REQUEST_TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
