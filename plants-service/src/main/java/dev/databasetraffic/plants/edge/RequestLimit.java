package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Refuses a request while too many are in progress: until it is answered each holds the container's buffers, some 70 KB,
 * so that those who wait for a database that does not answer would use up the heap.
 */
@Component
final class RequestLimit implements AsyncHandlerInterceptor, AsyncListener {

    private final int limit;
    private final AtomicInteger inProgress = new AtomicInteger();

    RequestLimit(HttpProperties properties) {
        this.limit = properties.maxRequests();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && inProgress.incrementAndGet() > limit) {
            inProgress.decrementAndGet();
            throw new PlantsException(Problem.OVERLOADED, "RESOURCE_EXHAUSTED too many requests are in progress");
        }
        return true;
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.getAsyncContext().addListener(this);
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            inProgress.decrementAndGet();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        inProgress.decrementAndGet();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // Completion follows.
    }

    @Override
    public void onError(AsyncEvent event) {
        // Completion follows.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
