package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ThrowawayAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All there are, the commonest first. */
public final class Faults {

    private static final Duration LATENCY = Duration.ofSeconds(5);
    private static final int BYTES_PER_SECOND = 2048;
    private static final Duration FLAPPING = Duration.ofSeconds(1);

    private Faults() {}

    /**
     * New ones; each can be injected again and again, in one wire at a time.
     *
     * @param authority whom the service trusts
     * @param host whose name certificates carry
     * @param isWrite tells of a gRPC call, by its path, whether it writes
     */
    public static List<Fault> all(ThrowawayAuthority authority, String host, Predicate<String> isWrite) {
        List<Fault> faults = new ArrayList<>(List.of(
                new EchoedBytes(),
                new Refused(),
                new SilentAccept(),
                new Frozen(false),
                new Frozen(true),
                new Reset(),
                new FinAfterClientHello(),
                new WrongCertificate(host),
                new Http2Silence(authority.issue(host)),
                new Latency(LATENCY),
                new SlowRate(BYTES_PER_SECOND),
                new Flapping(FLAPPING),
                new GoAwayLoop()));
        Stream.of(StatusAnswer.Status.values()).map(StatusAnswer::new).forEach(faults::add);
        faults.add(new ReplyLost(isWrite));
        return faults;
    }
}
