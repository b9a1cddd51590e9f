package dev.databasetraffic.echo;

import java.util.Locale;

/** What a listener does to those who connect; the handler of that name says what the peer sees on the wire. */
enum Behaviour {
    ECHO,
    SILENT,
    RESET,
    SLOW;

    /** The name used in settings, metrics and logs. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
