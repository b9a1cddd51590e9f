package dev.databasetraffic.databases.firestore;

import java.io.PrintStream;

/** One line that grows with a download, redrawn once per percent at most. */
final class ProgressBar {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final String title;
    private final long total;
    private int percent = -1;

    ProgressBar(PrintStream out, String title, long total) {
        this.out = out;
        this.title = title;
        this.total = total;
    }

    void show(long done) {
        int now = (int) Math.min(100, 100 * done / total);
        if (now == percent) {
            return;
        }
        percent = now;
        int full = WIDTH * now / 100;
        out.printf(
                "\r%s [%s%s] %3d %% of %d MB",
                title, "#".repeat(full), ".".repeat(WIDTH - full), now, total / 1_000_000);
        out.flush();
    }

    void end() {
        if (percent >= 0) {
            out.println();
        }
    }
}
