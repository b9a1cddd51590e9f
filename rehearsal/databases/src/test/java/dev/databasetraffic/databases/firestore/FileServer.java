package dev.databasetraffic.databases.firestore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server with one file, which can be told to misbehave. */
final class FileServer implements AutoCloseable {

    private final HttpServer server;
    private final byte[] content;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile int missingBytes;

    FileServer(byte[] content) throws IOException {
        this.content = content.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int requests() {
        return requests.get();
    }

    void fails() {
        status = 500;
    }

    /** Promises the whole content and closes the connection before its end. */
    void truncatesBy(int bytes) {
        missingBytes = bytes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content, 0, content.length - missingBytes);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
