package dev.databasetraffic.mesh.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands: its line, from 1, that of each of its members' names, and so on downwards.
 *
 * @param at the line of the value, or of its name where it is a member
 * @param height how many levels lie below, 0 for a scalar
 * @param size how many values there are in it, itself included and what aliases repeat
 */
record Lines(int at, Map<String, Lines> members, List<Lines> items, int height, long size) {

    static Lines scalar(int line) {
        return new Lines(line, Map.of(), List.of(), 0, 1);
    }

    Lines at(int line) {
        return new Lines(line, members, items, height, size);
    }

    /** The line of the value that the path leads to, or of its nearest parent that exists. */
    int of(List<?> path) {
        Lines here = this;
        for (Object step : path) {
            Lines next = here.next(step);
            if (next == null) {
                break;
            }
            here = next;
        }
        return here.at;
    }

    private @Nullable Lines next(Object step) {
        if (step instanceof Integer index) {
            return index >= 0 && index < items.size() ? items.get(index) : null;
        }
        return members.get(String.valueOf(step));
    }
}
