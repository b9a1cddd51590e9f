package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveLoadTests {

    private final List<Write> ended = new CopyOnWriteArrayList<>();
    private volatile int status = 201;
    private HttpServer service;
    private LiveLoad load;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
        load = new LiveLoad(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort()), Experiments.brief(), ended::add);
    }

    @AfterEach
    void end() {
        load.close();
        service.stop(0);
    }

    @Test
    void itWritesAtTheRateThatWasLastAskedForAndEachWriteIsToldOnce() {
        load.setRate(100);
        await().until(() -> ended.size() >= 50);
        status = 500;
        await().until(() -> last().answer().outcome() == Outcome.AMBIGUOUS);
        load.setRate(0);

        assertThat(load.rate()).isZero();
        AtomicInteger before = new AtomicInteger(-1);
        await().during(Duration.ofMillis(300)).until(() -> before.getAndSet(ended.size()) == ended.size());
        assertThat(ended).extracting(Write::number).doesNotHaveDuplicates();
        assertThat(ended.get(0).answer().outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
    }

    @Test
    void aRateThatItCannotKeepIsRefused() {
        assertThatThrownBy(() -> load.setRate(LiveLoad.MOST + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(load.rate()).isZero();
    }

    private Write last() {
        return ended.get(ended.size() - 1);
    }
}
