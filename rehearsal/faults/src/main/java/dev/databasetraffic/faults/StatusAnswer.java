package dev.databasetraffic.faults;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The connection works, and every call on it is answered at once by a gRPC status; none reaches the database. */
final class StatusAnswer implements CallFault {

    /** Numbers of the gRPC specification's status codes. */
    enum Status {
        PERMISSION_DENIED(7),
        RESOURCE_EXHAUSTED(8),
        INTERNAL(13),
        UNAVAILABLE(14);

        private final int code;

        Status(int code) {
            this.code = code;
        }
    }

    private final Status status;

    StatusAnswer(Status status) {
        this.status = status;
    }

    @Override
    public String name() {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String seen() {
        return "each call answered " + status;
    }

    /** A response of trailers only, as gRPC over HTTP/2 calls it. */
    @Override
    public @Nullable Http2Headers answer(String path) {
        return new DefaultHttp2Headers()
                .status("200")
                .set("content-type", "application/grpc")
                .setInt("grpc-status", status.code)
                .set("grpc-message", "injected");
    }
}
