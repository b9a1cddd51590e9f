package dev.databasetraffic.faults;

import java.util.function.Predicate;

/** The database commits each write, and before its answer arrives the connection is reset. Reads are answered. */
final class ReplyLost implements CallFault {

    private final Predicate<String> isWrite;

    /** @param isWrite tells of a call, by its path, whether it writes */
    ReplyLost(Predicate<String> isWrite) {
        this.isWrite = isWrite;
    }

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
        return isWrite.test(path);
    }
}
