package dev.databasetraffic.rehearsal.experiment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of times in nanoseconds, four bytes each as long as none is longer than four seconds, else eight. */
final class CompactTimes {

    private int @Nullable [] near;
    private long @Nullable [] far;

    CompactTimes(int length) {
        near = new int[length];
    }

    void set(int at, long nanos) {
        if (near != null && nanos >>> Integer.SIZE == 0) {
            near[at] = (int) nanos;
        } else {
            widened()[at] = nanos;
        }
    }

    long get(int at) {
        return far != null ? far[at] : near != null ? Integer.toUnsignedLong(near[at]) : 0;
    }

    private long[] widened() {
        if (far == null) {
            int[] narrow = near == null ? new int[0] : near;
            far = Arrays.stream(narrow).mapToLong(Integer::toUnsignedLong).toArray();
            near = null;
        }
        return far;
    }
}
