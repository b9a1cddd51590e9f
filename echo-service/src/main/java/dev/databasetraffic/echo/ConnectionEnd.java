package dev.databasetraffic.echo;

import java.util.Locale;

/** Why a connection ended. */
enum ConnectionEnd {
    /** The peer sent FIN. */
    PEER,
    /** The peer sent RST, or went away while it was being answered. */
    PEER_RESET,
    /** The behaviour closed it. */
    BEHAVIOUR,
    /** Nothing moved for {@code echo.limits.idle}. */
    IDLE,
    /** It reached the age of {@code echo.limits.lifetime}. */
    LIFETIME,
    /** The peer sent {@code echo.limits.bytes}. */
    BYTES,
    /** The service stopped. */
    SHUTDOWN,
    /** Something broke here; the log says what. */
    FAILURE;

    /** The name used in metrics and logs. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
