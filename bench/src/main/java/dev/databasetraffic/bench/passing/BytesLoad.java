package dev.databasetraffic.bench.passing;

/** What is asked of those who pass bytes. */
public enum BytesLoad {
    UP("1 stream up", "up", 1),
    UP_8("8 streams up", "up", 8),
    DOWN("1 stream down", "down", 1),
    DOWN_8("8 streams down", "down", 8),
    CONNECTIONS("connections", "connections", 16),
    MESSAGES("messages", "messages", 1);

    private final String title;
    private final String path;
    private final int callers;

    BytesLoad(String title, String path, int callers) {
        this.title = title;
        this.path = path;
        this.callers = callers;
    }

    /** What the tables call it. */
    public String title() {
        return title;
    }

    /** Whether it is megabytes that are counted. */
    public boolean isStream() {
        return this != CONNECTIONS && this != MESSAGES;
    }

    /** Under which the peer offers it. */
    String path() {
        return path;
    }

    /** Streams, or callers of whom each begins anew when it was answered. */
    int callers() {
        return callers;
    }
}
