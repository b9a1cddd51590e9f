package dev.databasetraffic.examples.carts;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What makes an outage short; the times of application-cured.yaml belong to it. */
@Configuration
@Profile("cured")
class Cure {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration UNANSWERED = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /**
     * A connection whose bytes nobody acknowledges is given up by the system; the default waits for its retransmissions to
     * end, a quarter of an hour. And while there is no connection, commands fail instead of queueing.
     */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable()
                                .tcpUserTimeout(UNANSWERED)
                                .build())
                        .build());
    }

    /** A server that is back is found soon: the default pauses twice as long after each attempt, up to 30 s. */
    @Bean
    ClientResourcesBuilderCustomizer tryAgainSoon() {
        return resources -> resources.reconnectDelay(Delay.constant(AGAIN));
    }

    /** Tells callers what is known: without a connection nothing was sent, and so nothing was written. */
    @RestControllerAdvice
    @Profile("cured")
    static class Unavailable {

        /** Lettuce has no type for a command that it did not send, only these words. */
        private static final String REJECTED = "Currently not connected. Commands are rejected.";

        @ExceptionHandler
        ResponseEntity<ProblemDetail> noConnection(RedisConnectionFailureException e) {
            return notWritten();
        }

        @ExceptionHandler
        ResponseEntity<ProblemDetail> rejected(RedisSystemException e) {
            if (e.getCause() == null || !REJECTED.equals(e.getCause().getMessage())) {
                throw e;
            }
            return notWritten();
        }

        private static ResponseEntity<ProblemDetail> notWritten() {
            ProblemDetail problem =
                    ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Redis cannot be reached.");
            problem.setProperty("outcome", "not-written");
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .body(problem);
        }
    }
}
