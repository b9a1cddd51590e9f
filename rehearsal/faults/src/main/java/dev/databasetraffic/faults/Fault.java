package dev.databasetraffic.faults;

import java.util.EnumSet;
import java.util.Set;

/** Something that goes wrong between a service and its database: made on a {@link Wire}, and taken back there. */
public interface Fault {

    /** As it is called on the command line and in tables. */
    String name();

    /** What the service sees on the wire, in a phrase. */
    String seen();

    /** What can become of open connections so that the fault is still this fault. */
    default Set<Connections> connections() {
        return EnumSet.allOf(Connections.class);
    }

    /** What must be spoken on the wire for it to be made. */
    default Needs needs() {
        return isAboutCalls() ? Needs.GRPC : Needs.NOTHING;
    }

    /** What a fault needs of the wire. */
    enum Needs {
        /** It is about bytes. */
        NOTHING,
        /** The client begins with a TLS greeting. */
        TLS,
        /** The client makes gRPC calls over TLS. */
        GRPC
    }

    /** Whether it speaks HTTP/2, so that already the healthy connections before it must pass the call relay. */
    default boolean isAboutCalls() {
        return false;
    }
}
