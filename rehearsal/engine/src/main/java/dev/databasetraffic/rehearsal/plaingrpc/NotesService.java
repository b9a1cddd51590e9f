package dev.databasetraffic.rehearsal.plaingrpc;

import com.google.protobuf.StringValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.channelguard.delivery.Attempts;
import dev.databasetraffic.channelguard.delivery.Delivery;
import dev.databasetraffic.kit.Loopback;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A service over HTTP that makes one blocking gRPC call for each write, with a deadline and nothing else. It answers in the
 * words of {@link PlainGrpcPlace#operation}; what a failed call may have done is told by its attempts.
 */
final class NotesService implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ManagedChannel channel;
    private final HttpServer http;

    /** @param channel shut down with the service */
    NotesService(ManagedChannel channel) throws IOException {
        this.channel = channel;
        http = HttpServer.create(Loopback.at(0), 0);
        http.setExecutor(threads);
        http.createContext("/notes", this::write);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void write(HttpExchange exchange) throws IOException {
        String note = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Attempts attempts = new Attempts();
        try {
            StringValue unused = ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel, attempts),
                    NotesServer.WRITE,
                    CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
                    StringValue.of(note == null ? "" : note));
            answer(exchange, 201, "{}");
        } catch (StatusRuntimeException failed) {
            if (attempts.delivery() == Delivery.SENT_UNKNOWN) {
                answer(exchange, 504, "{\"type\":\"urn:problem:notes:outcome-unknown\",\"outcome\":\"unknown\"}");
            } else {
                String what = attempts.delivery() == Delivery.ANSWERED ? "refused" : "unavailable";
                answer(
                        exchange,
                        503,
                        "{\"type\":\"urn:problem:notes:database-%s\",\"outcome\":\"not-written\"}".formatted(what));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        channel.shutdownNow();
        threads.shutdownNow();
    }
}
