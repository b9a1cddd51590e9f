package dev.databasetraffic.faults;

import java.util.Locale;

/** What becomes of the connections that are open when a fault begins. */
public enum Connections {
    /** They are reset, so that the client has to come back through the fault. */
    CUT,
    /** They stay; a fault of new connections alone does not touch them. */
    LEFT;

    /** As experiments and options have it, such as {@code cut}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
