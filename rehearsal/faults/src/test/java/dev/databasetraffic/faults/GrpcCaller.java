package dev.databasetraffic.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Calls Firestore by gRPC over one HTTP/2 connection of its own, with messages written by hand: no retry, no guess. */
final class GrpcCaller {

    static final int NOT_FOUND = 5;
    static final int OK = 0;

    private static final String DATABASE = "projects/fault/databases/(default)";
    private static final int LENGTH_DELIMITED = 2;

    private final HttpClient http;
    private final URI service;

    GrpcCaller(SSLContext tls, InetSocketAddress address) {
        http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_2)
                .build();
        service = URI.create("https://localhost:" + address.getPort() + "/google.firestore.v1.Firestore/");
    }

    /** The gRPC status of reading a document: 0 or 5, if all is well. */
    int get(String document, Duration timeout) throws IOException, InterruptedException {
        return call("GetDocument", field(1, name(document)), timeout);
    }

    /** The gRPC status of writing a document whose one field holds so many bytes. */
    int write(String document, int size, Duration timeout) throws IOException, InterruptedException {
        byte[] value = field(17, "x".repeat(size).getBytes(StandardCharsets.UTF_8));
        byte[] entry = join(field(1, "text".getBytes(StandardCharsets.UTF_8)), field(2, value));
        byte[] write = field(1, join(field(1, name(document)), field(2, entry)));
        return call("Commit", join(field(1, DATABASE.getBytes(StandardCharsets.UTF_8)), field(2, write)), timeout);
    }

    private int call(String method, byte[] message, Duration timeout) throws IOException, InterruptedException {
        byte[] framed = ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        HttpRequest request = HttpRequest.newBuilder(service.resolve(method))
                .timeout(timeout)
                .header("content-type", "application/grpc")
                .header("te", "trailers")
                .header("authorization", "Bearer owner")
                .POST(HttpRequest.BodyPublishers.ofByteArray(framed))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        // An error without a message is a response of trailers only, which are headers to HTTP.
        return response.headers()
                .firstValue("grpc-status")
                .map(Integer::parseInt)
                .orElse(OK);
    }

    private static byte[] name(String document) {
        return (DATABASE + "/documents/faults/" + document).getBytes(StandardCharsets.UTF_8);
    }

    /** A length-delimited field of Protocol Buffers' wire format. */
    private static byte[] field(int number, byte[] value) {
        return join(varint(number << 3 | LENGTH_DELIMITED), varint(value.length), value);
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
