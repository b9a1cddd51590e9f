package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private RunningListeners listeners;

    @BeforeEach
    void start() {
        lines.start();
        logger.addAppender(lines);
        listeners = RunningListeners.with("slow.interval=10ms");
    }

    @AfterEach
    void stop() {
        listeners.close();
        logger.detachAppender(lines);
    }

    @Test
    void aTlsConnectionLeavesOneLineWithWhatItWasAndWhomItAskedFor() throws Exception {
        byte[] hello = ClientHellos.naming("firestore.googleapis.com");
        try (Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            peer.send(hello).receive(hello.length);
        }
        assertThat(onlyLine())
                .matches("connection ended: listener=echo behaviour=echo peer=127\\.0\\.0\\.1:\\d+ duration=\\d+ms"
                        + " received=%1$dB sent=%1$dB first=tls sni=firestore\\.googleapis\\.com end=peer"
                                .formatted(hello.length));
    }

    @Test
    void aPeerThatSaysNothingLeavesALineToo() throws Exception {
        try (Peer peer = listeners.connectTo(Behaviour.SLOW)) {
            peer.finish().receivesFin();
        }
        assertThat(onlyLine()).endsWith("received=0B sent=0B first=nothing end=peer");
    }

    @Test
    void aPeersContentAndItsForgeriesStayOutOfTheLog() throws Exception {
        String forged = "\nERROR the plants are on fire";
        byte[] hello = ClientHellos.withForgedName("x".repeat(forged.length()), forged);
        try (Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            peer.send(hello).receive(hello.length);
        }
        assertThat(onlyLine()).doesNotContain("plants", "\n").contains("first=tls sni=(not a host name) end=peer");
    }

    @Test
    void aResetByThePeerIsToldFromAnEnd() throws Exception {
        try (Peer peer = listeners.connectTo(Behaviour.SILENT)) {
            peer.send("GET /secret HTTP/1.1\r\n");
            await().until(() -> listeners.measured(ConnectionMetrics.RECEIVED) > 0);
            peer.socket().setSoLinger(true, 0);
        }
        assertThat(onlyLine()).doesNotContain("secret").endsWith("first=http/1 end=peer-reset");
    }

    private String onlyLine() {
        await().until(() -> !lines.list.isEmpty());
        assertThat(lines.list).hasSize(1);
        return lines.list.get(0).getFormattedMessage();
    }
}
