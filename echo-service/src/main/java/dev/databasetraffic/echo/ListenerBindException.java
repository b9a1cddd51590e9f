package dev.databasetraffic.echo;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A listener cannot have its port. */
final class ListenerBindException extends RuntimeException {

    private final String listener;
    private final InetSocketAddress address;
    private final @Nullable String reason;

    ListenerBindException(String listener, InetSocketAddress address, Throwable cause) {
        super("listener " + listener + " cannot bind " + address, cause);
        this.listener = listener;
        this.address = address;
        this.reason = cause.getMessage();
    }

    /** Says so to whoever started the service, without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<ListenerBindException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, ListenerBindException failure) {
            return new FailureAnalysis(
                    "Listener '%s' cannot bind port %d of %s: %s"
                            .formatted(
                                    failure.listener,
                                    failure.address.getPort(),
                                    failure.address.getAddress().getHostAddress(),
                                    failure.reason),
                    "Stop what uses the port, or set another with echo.listeners.%s.port; 0 takes any that is free."
                            .formatted(failure.listener),
                    failure);
        }
    }
}
