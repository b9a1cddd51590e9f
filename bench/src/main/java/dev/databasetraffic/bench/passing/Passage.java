package dev.databasetraffic.bench.passing;

import dev.databasetraffic.bench.running.Listening;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.ChildProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A way that bytes pass, while it is open. */
public final class Passage implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Of a process, or that nobody has. */
    private static final long NOBODY = -1;

    private final InetSocketAddress entrance;
    private final long pid;
    private final Runnable end;

    private Passage(InetSocketAddress entrance, long pid, Runnable end) {
        this.entrance = entrance;
        this.pid = pid;
        this.end = end;
    }

    static Passage direct(InetSocketAddress target) {
        return new Passage(target, NOBODY, () -> {});
    }

    /** Through a JVM of ours; returns when it listens. */
    static Passage through(ChildJvm jvm, InetSocketAddress entrance) throws IOException, InterruptedException {
        try {
            Listening.await(jvm.name(), jvm, entrance);
            return new Passage(entrance, jvm.pid(), jvm::close);
        } catch (IOException | InterruptedException e) {
            jvm.close();
            throw e;
        }
    }

    /** Through somebody else's program; returns when it listens. */
    static Passage through(
            String name, List<String> words, Map<String, String> variables, Path folder, InetSocketAddress listens)
            throws IOException, InterruptedException {
        ChildProgram program =
                ChildProgram.start(new ChildProgram.Launch(name, words, variables, "TERM", GRACE), folder, folder);
        try {
            Listening.await(name, program, listens);
            return new Passage(listens, program.processes().get(0).pid(), program::close);
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    /** The same process, where it listens for clients. */
    Passage at(InetSocketAddress other) {
        return new Passage(other, pid, end);
    }

    /** Where a client connects to. */
    public InetSocketAddress entrance() {
        return entrance;
    }

    /** CPU time so far of who passes the bytes. */
    public Duration cpu() throws IOException {
        return pid == NOBODY ? Duration.ZERO : ProcessUse.cpu(pid);
    }

    /** Memory in RAM of who passes the bytes, in bytes. */
    public long residentBytes() throws IOException {
        return pid == NOBODY ? 0 : ProcessUse.residentBytes(pid);
    }

    @Override
    public void close() {
        end.run();
    }
}
