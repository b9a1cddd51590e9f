package dev.databasetraffic.plants.inventory;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every kind of problem that a caller can be told of; type and status are a promise, the words are not. */
public enum Problem {
    INVALID_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request cannot be understood",
            "The request is not one that HTTP or this interface allows."),
    INVALID_PAGE_TOKEN(
            HttpStatus.BAD_REQUEST,
            "The page token is not one of this service's",
            "Hand back a nextPageToken as it was given, or leave pageToken out to start from the beginning."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here", "This service has nothing at this path."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "The method is not allowed here",
            "This path does not take this method; the Allow header names those that it takes."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "No acceptable form of the answer",
            "This service answers in application/json, and problems in application/problem+json."),
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request took too long", "The body did not arrive in time."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "A plant takes a few hundred bytes."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The media type is not supported",
            "A body must be sent as application/json."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong",
            "The fault is this service's, and its log has the cause."),
    ANSWER_NOT_RENDERED(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The answer could not be written",
            "What was asked for was done, and only the answer could not be written. The fault is this service's."
                    + " Read back what is there; repeating the request with the same Idempotency-Key adds nothing more."),
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
            "More requests are waiting for the database than this service holds, and nothing was changed."
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

    /** The HTTP status that goes with it. */
    public HttpStatus status() {
        return status;
    }

    /** A few words for people. */
    public String title() {
        return title;
    }

    /** What happened and what can be done, for people. */
    public String detail() {
        return detail;
    }

    /** The problem for a failure of HTTP's own, of which no more is known than the status. */
    public static Problem ofHttp(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 501, 505 -> INVALID_REQUEST;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }
}
