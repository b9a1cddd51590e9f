package dev.databasetraffic.rehearsal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection with one call at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // whatever fails closes the channel, which channelInactive handles
final class KeptConnection extends ChannelInboundHandlerAdapter {

    private static final int LARGE = 1 << 16;

    private final Channel channel;
    private final Keeper keeper;
    private @Nullable HttpCall call;
    private int calls;
    private long lastUsed;

    /** Of the answer to the call; null as long as it has not begun. */
    private @Nullable HttpResponse head;

    private boolean interim;
    private ByteBuf body = Unpooled.buffer();

    /** Who has the connection. */
    interface Keeper {

        /** An answer has begun. */
        void begun(HttpCall call);

        /** A call has ended. */
        void ended(HttpCall call, HttpReply reply);

        /** A call's connection ended before the answer did. */
        void lost(HttpCall call, boolean mayBeRepeated);

        /** The connection may have another call. */
        void free(KeptConnection connection);
    }

    KeptConnection(Channel channel, Keeper keeper) {
        this.channel = channel;
        this.keeper = keeper;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** When its last call ended, by {@link System#nanoTime}. */
    long lastUsed() {
        return lastUsed;
    }

    void send(HttpCall next) {
        call = next;
        calls++;
        next.sentOn(this);
        channel.writeAndFlush(Unpooled.wrappedBuffer(next.request()), channel.voidPromise());
    }

    /** Ends the connection; nobody is told of its call. */
    void close() {
        call = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            HttpCall current = call;
            if (current == null || ((HttpObject) message).decoderResult().isFailure()) {
                ctx.close();
                return;
            }
            if (message instanceof HttpResponse response) {
                begin(current, response);
            }
            if (message instanceof HttpContent content && !interim) {
                body.writeBytes(content.content());
            }
            if (message instanceof LastHttpContent) {
                end(current);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpCall current, HttpResponse response) {
        HttpResponseStatus status = response.status();
        interim = status.codeClass() == HttpStatusClass.INFORMATIONAL
                && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (!interim) {
            head = response;
            keeper.begun(current);
        }
    }

    private void end(HttpCall current) {
        HttpResponse answer = head;
        if (answer == null) {
            interim = false;
            return;
        }
        Charset charset = HttpUtil.getCharset(answer, StandardCharsets.UTF_8);
        HttpReply reply = HttpReply.of(answer.status().code(), body.toString(charset));
        boolean kept = HttpUtil.isKeepAlive(answer)
                && !answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                && channel.isActive();
        head = null;
        call = null;
        lastUsed = System.nanoTime();
        body = body.capacity() > LARGE ? Unpooled.buffer() : body.clear();
        if (kept) {
            keeper.free(this);
        } else {
            channel.close();
        }
        keeper.ended(current, reply);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        HttpCall current = call;
        call = null;
        if (current != null) {
            keeper.lost(current, calls > 1 && head == null && current.isSafe());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
