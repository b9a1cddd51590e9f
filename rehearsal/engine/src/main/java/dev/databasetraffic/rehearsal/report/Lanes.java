package dev.databasetraffic.rehearsal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Gives labels that hang on vertical lines a lane each: the topmost in which no text meets another text and, if there
 * is such a lane, no text meets a line. A line runs from its label's lane down through all lower ones.
 */
final class Lanes {

    private record Placed(double line, double from, double to, int lane) {}

    private final List<Placed> placed = new ArrayList<>();

    /** Places a label whose line is at {@code line} and whose text covers {@code from} to {@code to}; returns its lane. */
    int place(double line, double from, double to) {
        IntPredicate readable =
                lane -> placed.stream().noneMatch(other -> other.lane == lane && from < other.to && other.from < to);
        IntPredicate uncrossed = lane -> placed.stream()
                .noneMatch(other -> (other.lane >= lane && other.from < line && line < other.to)
                        || (other.lane <= lane && from < other.line && other.line < to));
        int lane = first(readable.and(uncrossed), first(readable, count()));
        placed.add(new Placed(line, from, to, lane));
        return lane;
    }

    int count() {
        return placed.stream().mapToInt(Placed::lane).max().orElse(-1) + 1;
    }

    private int first(IntPredicate predicate, int otherwise) {
        return IntStream.rangeClosed(0, count()).filter(predicate).findFirst().orElse(otherwise);
    }
}
