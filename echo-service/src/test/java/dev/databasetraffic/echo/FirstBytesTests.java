package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTests {

    private static final String HOST = "firestore.googleapis.com";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 4096})
    void aClientHelloIsKnownByItsServerNameHoweverItIsSplitIntoSegments(int segment) throws Exception {
        assertThat(describe(ClientHellos.naming(HOST), segment)).isEqualTo("tls sni=" + HOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 200})
    void aClientHelloIsKnownByItsServerNameHoweverItIsSplitIntoRecords(int record) throws Exception {
        byte[] hello = ClientHellos.inRecordsOf(record, ClientHellos.naming(HOST));
        assertThat(describe(hello, 64)).isEqualTo("tls sni=" + HOST);
    }

    @Test
    void aServerNameIsToldInLowerCase() throws Exception {
        assertThat(describe(ClientHellos.withForgedName("aaaaaaa", "NoWhere"), 4096))
                .isEqualTo("tls sni=nowhere");
    }

    @Test
    void aClientHelloWithoutAServerNameIsSaidToHaveNone() throws Exception {
        assertThat(describe(ClientHellos.namingNoHost(), 4096)).isEqualTo("tls sni=(none)");
    }

    @Test
    void aClientHelloCutShortIsSaidToBeIncomplete() throws Exception {
        byte[] hello = ClientHellos.naming(HOST);
        assertThat(describe(Arrays.copyOf(hello, hello.length - 1), 4096)).isEqualTo("tls sni=(incomplete)");
    }

    @Test
    void aClientHelloLongerThanWhatIsKeptIsSaidToBeIncomplete() throws Exception {
        FirstBytes first = new FirstBytes(64);
        first.add(Unpooled.wrappedBuffer(ClientHellos.naming(HOST)));
        assertThat(first.description()).isEqualTo("tls sni=(incomplete)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n2026 INFO",
                "a end=peer xx",
                "a\u001b[2Jaaaaaa",
                "a\u0000aaaaaaaaaa",
                "\"aaaaaaaaaaa",
                "\u00e9aaaaaaaaaaa"
            })
    void aServerNameThatIsNoHostNameIsNotTold(String forged) throws Exception {
        byte[] hello = ClientHellos.withForgedName("x".repeat(forged.length()), forged);
        assertThat(describe(hello, 4096)).isEqualTo("tls sni=(not a host name)");
    }

    @Test
    void aServerNameBeyondTheLengthOfAHostNameIsNotTold() {
        assertThat(describe(helloNaming("a".repeat(253)), 4096)).isEqualTo("tls sni=" + "a".repeat(253));
        assertThat(describe(helloNaming("a".repeat(254)), 4096)).isEqualTo("tls sni=(not a host name)");
    }

    @Test
    void aClientHelloWhoseLengthsLieIsSaidToBeMalformed() {
        byte[] hello = helloNaming("a");
        int cipherSuitesLength = 5 + 4 + 2 + 32 + 1;
        hello[cipherSuitesLength] = (byte) 0xff;
        assertThat(describe(hello, 4096)).isEqualTo("tls sni=(malformed)");

        assertThat(describe(new byte[] {22, 3, 1, 0, 1, 1, 99, 99, 99, 99, 99, 99}, 4096))
                .isEqualTo("tls sni=(malformed)");
    }

    @Test
    void nothingAnAttackerDoesToAClientHelloBreaksTheParserOrForgesALogLine() throws Exception {
        byte[] hello = ClientHellos.inRecordsOf(100, ClientHellos.naming(HOST));
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] hostile = hello.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            }
            assertThat(describe(hostile, 1 + random.nextInt(hostile.length)))
                    .as("round %d", round)
                    .matches("tls sni=([a-z0-9_.-]+|\\((none|incomplete|malformed|not a host name)\\))|other");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    GET / HTTP/1.1,          http/1
                    POST /plants HTTP/1.1,   http/1
                    CONNECT a:443 HTTP/1.1,  http/1
                    GET,                     other
                    GETTING / HTTP/1.1,      other
                    get / HTTP/1.1,          other
                    PRI * HTTP/2.0,          other
                    SSH-2.0-OpenSSH_9.2,     other
                    """)
    void aProtocolIsKnownByHowItStarts(String start, String described) {
        assertThat(describe(start.getBytes(StandardCharsets.US_ASCII), 1)).isEqualTo(described);
        assertThat(describe(start.getBytes(StandardCharsets.US_ASCII), 4096)).isEqualTo(described);
    }

    @Test
    void anHttp2ConnectionIsKnownByItsPreface() {
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n and frames".getBytes(StandardCharsets.US_ASCII);
        assertThat(describe(preface, 5)).isEqualTo("http/2");
    }

    @Test
    void aConnectionWithoutAByteIsSaidToHaveBegunWithNothing() {
        assertThat(describe(new byte[0], 1)).isEqualTo("nothing");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 23})
    void aTlsRecordThatStartsNoHandshakeIsNoClientHello(int contentType) {
        assertThat(describe(new byte[] {(byte) contentType, 3, 3, 0, 2, 1, 0}, 1))
                .isEqualTo("other");
    }

    private static String describe(byte[] sent, int segment) {
        FirstBytes first = new FirstBytes(4096);
        ByteBuf rest = Unpooled.wrappedBuffer(sent);
        while (rest.isReadable()) {
            first.add(rest.readSlice(Math.min(segment, rest.readableBytes())));
        }
        return first.description();
    }

    /** The shortest ClientHello there is around a server name: RFC 8446, section 4.1.2, and RFC 6066, section 3. */
    private static byte[] helloNaming(String host) {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        ByteBuf hello = Unpooled.buffer();
        int extension = 2 + 1 + 2 + name.length;
        int body = 2 + 32 + 1 + 2 + 2 + 1 + 1 + 2 + 4 + extension;
        hello.writeByte(22).writeShort(0x0301).writeShort(4 + body);
        hello.writeByte(1).writeMedium(body);
        hello.writeShort(0x0303).writeZero(32).writeByte(0);
        hello.writeShort(2).writeShort(0x1301).writeByte(1).writeByte(0);
        hello.writeShort(4 + extension);
        hello.writeShort(0).writeShort(extension);
        hello.writeShort(3 + name.length).writeByte(0).writeShort(name.length).writeBytes(name);
        byte[] bytes = new byte[hello.readableBytes()];
        hello.readBytes(bytes);
        return bytes;
    }
}
