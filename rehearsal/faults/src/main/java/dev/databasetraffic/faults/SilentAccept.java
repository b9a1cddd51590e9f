package dev.databasetraffic.faults;

/**
 * The peer's connect succeeds, its greeting is acknowledged by TCP, and no byte ever comes back. Connections of that kind
 * stay silent when the fault is over, as those through a firewall that forgot them do.
 */
final class SilentAccept implements ConnectionFault {

    @Override
    public String name() {
        return "silent";
    }

    @Override
    public String seen() {
        return "accepted, then nothing";
    }

    @Override
    public void accepted(Link link) {
        // Who does not read does not see that its client has gone, either.
        link.client().pipeline().addLast(new ErrorEnds());
        link.client().config().setAutoRead(true);
    }
}
