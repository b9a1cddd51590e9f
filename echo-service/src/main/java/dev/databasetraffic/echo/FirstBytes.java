package dev.databasetraffic.echo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.CharsetUtil;
import java.util.regex.Pattern;

/** The start of what a peer sent, kept only to name its protocol. Not thread-safe: it belongs to one event loop. */
final class FirstBytes {

    /** The start of every HTTP/2 connection: RFC 9113, section 3.4. */
    private static final String HTTP_2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** The methods of RFC 9110, section 9, and PATCH. */
    private static final Pattern HTTP_1_REQUEST =
            Pattern.compile("^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) \\S");

    /** What a protocol other than TLS has to show itself by. */
    private static final int ENOUGH_UNLESS_TLS = HTTP_2_PREFACE.length();

    private final int maximum;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;

    FirstBytes(int maximum) {
        this.maximum = maximum;
    }

    /** Keeps what is still of use of {@code received}, and leaves its indices alone. */
    void add(ByteBuf received) {
        int wanted = (ClientHello.startsIn(kept.isReadable() ? kept : received) ? maximum : ENOUGH_UNLESS_TLS)
                - kept.readableBytes();
        int length = Math.min(wanted, received.readableBytes());
        if (length <= 0) {
            return;
        }
        if (!kept.isReadable()) {
            kept = Unpooled.buffer(length, maximum);
        }
        kept.writeBytes(received, received.readerIndex(), length);
    }

    Protocol protocol() {
        if (!kept.isReadable()) {
            return Protocol.NOTHING;
        }
        if (ClientHello.startsIn(kept)) {
            return Protocol.TLS;
        }
        String start = kept.toString(CharsetUtil.ISO_8859_1);
        if (start.startsWith(HTTP_2_PREFACE)) {
            return Protocol.HTTP_2;
        }
        return HTTP_1_REQUEST.matcher(start).find() ? Protocol.HTTP_1 : Protocol.OTHER;
    }

    /** The protocol and, of TLS, the server name asked for: safe to log whatever the peer sent. */
    String description() {
        Protocol protocol = protocol();
        return protocol == Protocol.TLS ? "tls sni=" + ClientHello.serverName(kept) : protocol.label();
    }

    /** What a connection was opened for, as far as its first bytes tell. */
    enum Protocol {
        TLS("tls"),
        HTTP_1("http/1"),
        HTTP_2("http/2"),
        OTHER("other"),
        NOTHING("nothing");

        private final String label;

        Protocol(String label) {
            this.label = label;
        }

        /** The name used in metrics and logs. */
        String label() {
            return label;
        }
    }
}
