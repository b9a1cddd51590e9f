package dev.databasetraffic.examples.reviews;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells callers what is known: without a connection nothing was sent, and so nothing was written. */
@RestControllerAdvice
@Profile("cured")
class Unsent {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(DataAccessException e) {
        if (!isUnsent(e.getCause())) {
            throw e;
        }
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "MongoDB cannot be reached.");
        problem.setProperty("outcome", "not-written");
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem);
    }

    /** No server was chosen, no connection became free, or none could be opened. */
    private static boolean isUnsent(@Nullable Throwable cause) {
        return cause instanceof MongoTimeoutException
                || cause instanceof MongoConnectionPoolClearedException
                || cause instanceof MongoSocketOpenException;
    }
}
