package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call, which is one HTTP/2 stream: answered here, or passed on frame by frame to a stream of the database's. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its stream, which the other side is told
final class CallHandler extends ChannelInboundHandlerAdapter {

    private final Supplier<@Nullable CallFault> faultInForce;
    private final Channel server;
    private final Queue<Http2StreamFrame> early = new ArrayDeque<>();
    private boolean answered;
    private boolean losesReply;
    private @Nullable Http2StreamChannel onward;

    CallHandler(Supplier<@Nullable CallFault> faultInForce, Channel server) {
        this.faultInForce = faultInForce;
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame headers && onward == null && early.isEmpty() && !answered) {
            begin(ctx, headers);
        } else if (answered) {
            ReferenceCountUtil.release(message);
        } else if (onward == null) {
            early.add(copy(message));
        } else {
            onward.writeAndFlush(copy(message));
        }
    }

    private void begin(ChannelHandlerContext ctx, Http2HeadersFrame request) {
        CallFault fault = faultInForce.get();
        String path = String.valueOf(request.headers().path());
        Http2Headers answer = fault == null ? null : fault.answer(path);
        if (answer != null) {
            answered = true;
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(answer, true));
            return;
        }
        losesReply = fault != null && fault.losesReply(path);
        early.add(copy(request));
        new Http2StreamChannelBootstrap(server)
                .handler(new ReplyHandler(ctx.channel()))
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        onward = (Http2StreamChannel) opened.getNow();
                        early.forEach(onward::write);
                        onward.flush();
                    } else {
                        early.forEach(ReferenceCountUtil::release);
                        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
                    }
                });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame reset && onward != null) {
            onward.writeAndFlush(new DefaultHttp2ResetFrame(reset.errorCode()));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (onward != null) {
            onward.close();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /** A frame belongs to a stream; the same content on another stream is another frame. */
    private static Http2StreamFrame copy(Object frame) {
        if (frame instanceof Http2HeadersFrame headers) {
            return new DefaultHttp2HeadersFrame(headers.headers(), headers.isEndStream());
        }
        if (frame instanceof Http2DataFrame data) {
            return new DefaultHttp2DataFrame(data.content(), data.isEndStream());
        }
        throw new IllegalStateException("unexpected " + frame);
    }

    /** The database's side of the call. */
    private final class ReplyHandler extends ChannelInboundHandlerAdapter {

        private final Channel caller;

        ReplyHandler(Channel caller) {
            this.caller = caller;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (losesReply) {
                boolean isLast = message instanceof Http2HeadersFrame headers && headers.isEndStream();
                ReferenceCountUtil.release(message);
                if (isLast) {
                    ByteRelay.reset(caller.parent());
                }
            } else {
                caller.writeAndFlush(copy(message));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                caller.writeAndFlush(new DefaultHttp2ResetFrame(reset.errorCode()));
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
