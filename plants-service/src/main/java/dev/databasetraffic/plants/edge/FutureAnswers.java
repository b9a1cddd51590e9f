package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Answers with what a future brings, on a thread of the container's, because writing lasts as long as the caller does
 * not read, and the thread that brings the answer brings those of others too. Spring's own way dispatches the request a
 * second time through filters and mappings, only to write the answer, which costs more than the first; here that is left
 * to failures, which take the same way to their answer as any other.
 */
final class FutureAnswers implements HandlerMethodReturnValueHandler {

    private static final Logger log = LoggerFactory.getLogger(FutureAnswers.class);

    private final HandlerMethodReturnValueHandler bodies;

    /** @param bodies writes a value as the body of the response */
    FutureAnswers(HandlerMethodReturnValueHandler bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return type.getParameterType() == CompletableFuture.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
            throws Exception {
        DeferredResult<Object> failure = new DeferredResult<>();
        WebAsyncUtils.getAsyncManager(request).startDeferredResultProcessing(failure, container);
        AsyncContext exchange = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class))
                .getAsyncContext();
        ((CompletableFuture<?>) Objects.requireNonNull(value)).whenComplete((answer, thrown) -> {
            if (thrown != null) {
                failure.setErrorResult(PlantsException.unwrap(thrown));
                return;
            }
            exchange.start(() -> {
                try {
                    if (answer != null) {
                        bodies.handleReturnValue(answer, type, container, request);
                    }
                    exchange.complete();
                } catch (HttpMessageNotWritableException | HttpMediaTypeNotAcceptableException unrendered) {
                    // The change is made, and whoever asked for it is not to think that nothing is known of it.
                    log.error("A request was carried out, but its answer could not be written", unrendered);
                    failure.setErrorResult(
                            new PlantsException(Problem.ANSWER_NOT_RENDERED, "for no reason of the caller's"));
                } catch (Exception unwritable) {
                    failure.setErrorResult(unwritable);
                }
            });
        });
    }
}
