package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure as problem+json, with words of ours: no exception's text reaches a caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final HttpProperties properties;

    ProblemAdvice(HttpProperties properties) {
        this.properties = properties;
    }

    @ExceptionHandler
    ResponseEntity<Object> known(PlantsException failure, WebRequest request) {
        return answer(failure.problem(), failure.problem().status(), List.of(), new HttpHeaders(), request);
    }

    /** A query whose escapes or characters are none; noticed only when a parameter is asked for. */
    @ExceptionHandler
    ResponseEntity<Object> unreadable(InvalidParameterException failure, WebRequest request) {
        HttpStatusCode status = HttpStatusCode.valueOf(failure.getErrorCode());
        return answer(Problem.ofHttp(status.value()), status, List.of(), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception failure, WebRequest request) {
        log.error("A request failed for a reason that was not foreseen", failure);
        Problem problem = Problem.INTERNAL_ERROR;
        return answer(problem, problem.status(), List.of(), new HttpHeaders(), request);
    }

    /** Whatever the framework itself objects to. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        PlantsException ours = failure instanceof AsyncRequestTimeoutException
                ? new PlantsException(Problem.OUTCOME_UNKNOWN, "no end in sight")
                : cause(failure);
        if (ours != null) {
            return answer(ours.problem(), ours.problem().status(), List.of(), headers, request);
        }
        if (status.is5xxServerError()) {
            log.error("A request failed for a reason that was not foreseen", failure);
        }
        return answer(Problem.ofHttp(status.value()), status, InvalidPart.in(failure), headers, request);
    }

    private ResponseEntity<Object> answer(
            Problem problem, HttpStatusCode status, List<InvalidPart> errors, HttpHeaders headers, WebRequest request) {
        request.setAttribute(RequestLog.PROBLEM, problem.slug(), RequestAttributes.SCOPE_REQUEST);
        ProblemBody body = ProblemBody.of(problem, status.value(), errors);
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (body.outcome() == ProblemBody.Outcome.NOT_WRITTEN) {
            response.header(HttpHeaders.RETRY_AFTER, properties.retryAfterSeconds());
        }
        return response.body(body);
    }

    /** Limits that are noticed while the body is read come wrapped by those who read it. */
    private static @Nullable PlantsException cause(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BodyLimitFilter.LimitExceeded limit) {
                return new PlantsException(limit.problem(), "while the body was read");
            }
        }
        return null;
    }
}
