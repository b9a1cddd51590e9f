package dev.databasetraffic.plants.inventory;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every kind of problem that a caller can be told of; the type is a promise, the words are not. */
public enum Problem {
    DATABASE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database cannot be reached",
            "The database did not take the request, and nothing was changed. Try again later."),
    DATABASE_REFUSED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database refused the request",
            "The database is there but refuses this service's requests, and nothing was changed."
                    + " The operators have to see to it."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many requests are waiting",
            "More writes are waiting for the database than this service holds, and nothing was changed."
                    + " Try again later."),
    OUTCOME_UNKNOWN(
            HttpStatus.GATEWAY_TIMEOUT,
            "Whether the change was made is unknown",
            "The request was sent to the database, but no answer came in time. To settle it, repeat the same request"
                    + " with the same Idempotency-Key; a deletion can simply be repeated."),
    PLANT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such plant", "There is no plant with this id."),
    PLANT_DELETED(
            HttpStatus.GONE,
            "The plant was deleted",
            "This Idempotency-Key added a plant that was deleted since. Use a new key to add another."),
    KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key belongs to another request",
            "This Idempotency-Key was used with another body before. Use a new key for a new plant."),
    CONFLICT(
            HttpStatus.CONFLICT,
            "Another change of the same plant is in progress",
            "Another request is changing the same plant at this moment. Repeat yours when it has ended.");

    private final HttpStatus status;
    private final String title;
    private final String detail;
    private final URI type;

    Problem(HttpStatus status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.type = URI.create("urn:problem:plants:" + slug());
    }

    /** The last part of the type, such as {@code outcome-unknown}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem's type as RFC 9457 has it. */
    public URI type() {
        return type;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
