package dev.databasetraffic.bench.passing;

import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.kit.Child;
import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.ChildProgram;
import dev.databasetraffic.kit.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A way that bytes pass, while it is open. */
public final class Passage implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
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
            awaitListening(jvm.name(), jvm, entrance);
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
            awaitListening(name, program, listens);
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

    private static void awaitListening(String name, Child child, InetSocketAddress at)
            throws IOException, InterruptedException {
        boolean listens = Readiness.await(START_TIMEOUT, POLL_INTERVAL, () -> {
            if (!child.isAlive()) {
                throw new IOException(name + " ended while it started:\n" + child.lastLines(15));
            }
            return isListening(at);
        });
        if (!listens) {
            throw new IOException(
                    name + " did not listen within " + START_TIMEOUT.toSeconds() + " s:\n" + child.lastLines(15));
        }
    }

    private static boolean isListening(InetSocketAddress at) {
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
