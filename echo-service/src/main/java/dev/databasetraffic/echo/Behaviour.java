package dev.databasetraffic.echo;

import io.netty.channel.ChannelHandler;
import java.util.Locale;

/** What a listener does to those who connect; each constant's handler says what the peer sees on the wire. */
enum Behaviour {
    ECHO,
    SILENT,
    RESET,
    SLOW;

    ChannelHandler handler(EchoProperties properties) {
        return switch (this) {
            case ECHO -> new EchoBehaviour();
            case SILENT -> new SilentBehaviour();
            case RESET -> new ResetBehaviour();
            case SLOW -> new SlowBehaviour(properties.slow());
        };
    }

    /** The name used in settings, metrics and logs. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
