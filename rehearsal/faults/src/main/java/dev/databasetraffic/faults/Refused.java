package dev.databasetraffic.faults;

/** Nobody listens: the peer's SYN is answered by a reset, and its connect fails with "connection refused" at once. */
final class Refused implements ConnectionFault {

    @Override
    public String name() {
        return "refused";
    }

    @Override
    public String seen() {
        return "connection refused";
    }

    @Override
    public void begin(Gate gate, Connections open) {
        gate.refuse();
    }

    @Override
    public void accepted(Link link) {
        // From the backlog, in the moment of closing.
        link.cut();
    }
}
