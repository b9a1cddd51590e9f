package dev.databasetraffic.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How much load. */
final class LoadOptions {

    @Option(
            names = "--rounds",
            converter = Count.class,
            description = "rounds per contestant (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--slices",
            converter = Count.class,
            defaultValue = "4",
            description = "turns that each load is taken in within a round (default: ${DEFAULT-VALUE})")
    private int slices;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            description = "length of each slice (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warm-up",
            converter = Count.class,
            description = "writes before the first measurement of a round (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--connections",
            converter = Count.class,
            split = ",",
            defaultValue = "1,8,64,256",
            description = "loads, in connections (default: ${DEFAULT-VALUE})")
    private List<Integer> connections = List.of();

    /** The defaults, which are what keeps a bench at its length. */
    LoadOptions(int rounds, double seconds, int warmUp) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.warmUp = warmUp;
    }

    int rounds() {
        return rounds;
    }

    int slices() {
        return slices;
    }

    /** Of a slice. */
    Duration duration() {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    int warmUp() {
        return warmUp;
    }

    List<Integer> connections() {
        return connections;
    }

    Map<String, String> described() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("rounds", Integer.toString(rounds));
        settings.put("slices of each load in a round", Integer.toString(slices));
        settings.put("seconds per slice", Double.toString(seconds));
        settings.put("warm-up writes", Integer.toString(warmUp));
        return settings;
    }
}
