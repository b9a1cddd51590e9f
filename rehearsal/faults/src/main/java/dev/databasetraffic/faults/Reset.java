package dev.databasetraffic.faults;

/** The peer's connect succeeds, and the next thing that it gets is a TCP reset. */
final class Reset implements ConnectionFault {

    @Override
    public String name() {
        return "reset";
    }

    @Override
    public String seen() {
        return "accepted, then RST";
    }

    @Override
    public void accepted(Link link) {
        link.cut();
    }
}
