package dev.databasetraffic.rehearsal.experiment;

import java.util.List;

/** Which operation each request is: each as often as its weight says, mixed evenly, the same for the same number. */
final class Operations {

    /** The golden ratio's fraction: its multiples fill the unit interval more evenly than those of any other number. */
    private static final double STEP = 0.618033988749895;

    private final List<Operation> all;
    private final int totalWeight;

    Operations(List<Operation> all) {
        this.all = all;
        this.totalWeight = all.stream().mapToInt(Operation::weightOrOne).sum();
    }

    Operation of(int number) {
        double point = number * STEP % 1 * totalWeight;
        for (Operation operation : all) {
            point -= operation.weightOrOne();
            if (point < 0) {
                return operation;
            }
        }
        return all.get(all.size() - 1);
    }

    boolean isWrite(int number) {
        return !of(number).isRead();
    }

    boolean isRepeatable(int number) {
        return of(number).isRepeatable();
    }

    boolean anyWrites() {
        return all.stream().anyMatch(operation -> !operation.isRead());
    }

    boolean anyRepeatable() {
        return all.stream().anyMatch(Operation::isRepeatable);
    }
}
