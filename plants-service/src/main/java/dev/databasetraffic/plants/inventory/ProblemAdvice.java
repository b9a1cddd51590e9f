package dev.databasetraffic.plants.inventory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure as problem+json, with words of ours: no exception's text reaches a caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final String DEPENDENCY = "firestore.googleapis.com";

    private final HttpProperties properties;

    ProblemAdvice(HttpProperties properties) {
        this.properties = properties;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(PlantsException failure) {
        Problem problem = failure.problem();
        ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), problem.detail());
        body.setType(problem.type());
        body.setTitle(problem.title());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.status());
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            body.setProperty("dependency", DEPENDENCY);
            body.setProperty("outcome", "not-written");
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(properties.retryAfter().toSeconds()));
        } else if (problem == Problem.OUTCOME_UNKNOWN) {
            body.setProperty("dependency", DEPENDENCY);
            body.setProperty("outcome", "unknown");
        }
        return response.body(body);
    }
}
