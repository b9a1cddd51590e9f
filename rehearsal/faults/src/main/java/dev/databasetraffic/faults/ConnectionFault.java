package dev.databasetraffic.faults;

/** A fault of whole connections, whatever is spoken on them. Every method is called on the relay's thread. */
interface ConnectionFault extends Fault {

    /** A connection was accepted; nothing has been read from it, and it leads nowhere yet. */
    void accepted(Link link);

    /** A connection was open when the fault began, and is left. */
    default void left(Link link) {}

    /** The fault ends; called for each connection that is open then. */
    default void ended(Link link) {}

    /** It is about to be in force: open connections are cut or left next. */
    default void begin(Gate gate, Connections open) {}

    /** It is over, for every connection. */
    default void end() {}
}
