package dev.databasetraffic.faults;

/** The database commits each write, and before its answer arrives the connection is reset. Reads are answered. */
final class ReplyLost implements CallFault {

    @Override
    public String name() {
        return "reply-lost";
    }

    @Override
    public String seen() {
        return "reset between commit and answer";
    }

    @Override
    public boolean losesReply(String path) {
        return path.endsWith("/Commit") || path.endsWith("/BatchWrite");
    }
}
