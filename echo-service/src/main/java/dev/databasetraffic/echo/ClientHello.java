package dev.databasetraffic.echo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the server name out of a ClientHello with Netty's parser; what comes out is safe to log. */
final class ClientHello {

    /** Letters, digits, hyphens, dots, and the underscores that internal names have: nothing that could forge a log line. */
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\\.?");

    private static final int CONTENT_TYPE_HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int HANDSHAKE_CLIENT_HELLO = 1;
    private static final int HANDSHAKE_TYPE_OFFSET = 5;

    private ClientHello() {}

    /** Whether {@code bytes} start a TLS record with a ClientHello, as far as they go: RFC 8446, sections 4 and 5.1. */
    static boolean startsIn(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int length = bytes.readableBytes();
        return length > 0
                && bytes.getByte(start) == CONTENT_TYPE_HANDSHAKE
                && (length <= 1 || bytes.getByte(start + 1) == MAJOR_VERSION)
                && (length <= HANDSHAKE_TYPE_OFFSET
                        || bytes.getByte(start + HANDSHAKE_TYPE_OFFSET) == HANDSHAKE_CLIENT_HELLO);
    }

    /**
     * The host name that the ClientHello at the start of {@code bytes} asks for, in lower case, or {@code (none)},
     * {@code (incomplete)}, {@code (malformed)}, or {@code (not a host name)}.
     */
    static String serverName(ByteBuf bytes) {
        Parser parser = new Parser();
        EmbeddedChannel channel = new EmbeddedChannel(parser);
        try {
            channel.writeInbound(bytes.retainedDuplicate());
            return parser.result;
        } catch (DecoderException malformed) {
            return "(malformed)";
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static final class Parser extends AbstractSniHandler<Void> {

        private String result = "(incomplete)";

        Parser() {
            super(SslClientHelloHandler.MAX_CLIENT_HELLO_LENGTH, 0);
        }

        @Override
        protected Future<Void> lookup(ChannelHandlerContext context, @Nullable ByteBuf clientHello) throws Exception {
            if (clientHello == null) {
                result = "(malformed)";
                return context.newSucceededFuture();
            }
            return super.lookup(context, clientHello);
        }

        @Override
        protected Future<Void> lookup(ChannelHandlerContext context, @Nullable String hostName) {
            if (hostName == null) {
                result = "(none)";
            } else {
                result = HOST_NAME.matcher(hostName).matches() ? hostName : "(not a host name)";
            }
            return context.newSucceededFuture();
        }

        @Override
        protected void onLookupComplete(ChannelHandlerContext context, @Nullable String hostName, Future<Void> looked) {
            context.pipeline().remove(this);
        }
    }
}
