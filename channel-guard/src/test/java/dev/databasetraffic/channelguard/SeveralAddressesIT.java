package dev.databasetraffic.channelguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Names that stand for several addresses, or for others from now on. */
@Execution(ExecutionMode.CONCURRENT)
class SeveralAddressesIT {

    private static final long DEADLINE_MILLIS = 500;

    private final LoopbackServer server = new LoopbackServer();
    private final TroubledWire first = new TroubledWire(server.port());
    private final TroubledWire second = new TroubledWire(server.port());
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ChannelGuard guard = ChannelGuard.builder()
            .listener(new GuardListener() {
                @Override
                public void changed(GuardedChannel guarded, GuardState from, GuardState to, String reason) {
                    seen.add(from + ">" + to);
                }

                @Override
                public void probed(GuardedChannel guarded, Status status) {
                    seen.add("probed " + status.getCode());
                }
            })
            .build();
    private final List<GuardedChannel> channels = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        channels.forEach(GuardedChannel::shutdownNow);
        first.close();
        second.close();
        server.close();
    }

    @Test
    void anAddressThatHangsIsLeftForTheNext() {
        GuardedChannel channel = healthy(to(Names.target(first.port(), second.port())));
        first.inject(Trouble.FROZEN);
        await().atMost(Duration.ofSeconds(5)).until(() -> isOk(channel));
        allAreOk(channel, 50);
        assertThat(second.accepted()).isPositive();
    }

    @Test
    void withoutTheGuardItIsStuckWithIt() {
        String target = Names.target(first.port(), second.port());
        var bare = to(target).build();
        await().until(() -> LoopbackServer.echo(bare, DEADLINE_MILLIS).isOk());
        first.inject(Trouble.FROZEN);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(7))
                .until(() -> !LoopbackServer.echo(bare, DEADLINE_MILLIS).isOk());
        bare.shutdownNow();
    }

    @Test
    void aNameThatStandsForAnotherAddressIsFollowed() {
        String target = Names.target(first.port());
        GuardedChannel channel = healthy(to(target));
        for (Trouble trouble : List.of(Trouble.HANGING, Trouble.REFUSED)) {
            TroubledWire old = trouble == Trouble.HANGING ? first : second;
            TroubledWire next = trouble == Trouble.HANGING ? second : first;
            old.inject(trouble);
            await().until(() -> !isOk(channel) && channel.absence().isPresent());
            next.restore();
            Names.change(target, next.port());
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> isOk(channel));
            allAreOk(channel, 50);
        }
    }

    @Test
    void ofBalancedConnectionsADeadOneIsLeftThoughTheOthersAnswer() {
        GuardedChannel channel =
                healthy(to(Names.target(first.port(), second.port())).defaultLoadBalancingPolicy("round_robin"));
        await().until(() -> first.accepted() > 0 && second.accepted() > 0 && isOk(channel));
        second.inject(Trouble.FROZEN);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Stream.generate(() -> LoopbackServer.call(
                                        channel,
                                        LoopbackServer.ECHO,
                                        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)))
                                .limit(6)
                                .toList()
                                .stream()
                                .map(CompletableFuture::join)
                                .filter(Status::isOk)
                                .count()
                        == 6);
        allAreOk(channel, 100);
        assertThat(seen).as("it was never away").doesNotContain("CLOSED>OPEN");
    }

    @Test
    void ofBalancedConnectionsOneThatIsRefusedHurtsNobody() {
        GuardedChannel channel =
                healthy(to(Names.target(first.port(), second.port())).defaultLoadBalancingPolicy("round_robin"));
        second.inject(Trouble.REFUSED);
        await().atMost(Duration.ofSeconds(1)).until(() -> isOk(channel));
        allAreOk(channel, 100);
        assertThat(seen).doesNotContain("CLOSED>OPEN");
    }

    private static ManagedChannelBuilder<?> to(String target) {
        return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create());
    }

    private GuardedChannel healthy(ManagedChannelBuilder<?> builder) {
        GuardedChannel channel = guard.guard(builder).build();
        channels.add(channel);
        await().until(() -> isOk(channel) && seen.contains("probed UNIMPLEMENTED"));
        return channel;
    }

    private static void allAreOk(GuardedChannel channel, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(LoopbackServer.echo(channel, 10 * DEADLINE_MILLIS).isOk())
                    .isTrue();
        }
    }

    private static boolean isOk(GuardedChannel channel) {
        return LoopbackServer.echo(channel, DEADLINE_MILLIS).isOk();
    }
}
