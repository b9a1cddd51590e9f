package dev.databasetraffic.faults;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** A fault of single calls, on connections that work. Every method is called on the call relay's thread. */
interface CallFault extends Fault {

    /** An HTTP/2 connection is there: at the fault's begin those that are left, then each new one. */
    default void connected(Channel connection) {}

    /** What a call gets in place of the database's answer; null to let it through. */
    default @Nullable Http2Headers answer(String path) {
        return null;
    }

    /** Whether the database is to carry out the call, and its answer to vanish together with the connection. */
    default boolean losesReply(String path) {
        return false;
    }

    @Override
    default boolean isAboutCalls() {
        return true;
    }
}
