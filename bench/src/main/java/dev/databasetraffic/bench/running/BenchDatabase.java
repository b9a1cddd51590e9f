package dev.databasetraffic.bench.running;

import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import dev.databasetraffic.databases.firestore.FirestoreReadBack;
import dev.databasetraffic.embedded.EmbeddedFirestoreMain;
import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.Command;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A fresh genuine emulator, or what stands in for it, behind TLS under the production name. The front runs in this JVM. */
public final class BenchDatabase implements AutoCloseable {

    public static final String AUTHORITY = FirestoreApi.HOST;
    public static final String PROJECT = "demo-bench";

    /**
     * Nothing that is written is ever freed. G1 would mark all of it again and again beside the load, and the half of
     * the machine that this takes comes and goes: 61 µs of CPU per write instead of 32. Half of the heap for the young,
     * as every collection also looks through what is stored.
     */
    private static final List<String> COLLECTOR = List.of("-XX:+UseParallelGC", "-XX:NewRatio=1");

    private static final String ROOMY_HEAP = EmulatorOptions.halfOfTheMachine() + "m";

    /** Four fifths for the young: of 12 GB enough for 200,000 writes until they are collected for the first time. */
    private static final List<String> ROOMY_COLLECTOR =
            List.of("-XX:+UseParallelGC", "-Xmn" + EmulatorOptions.halfOfTheMachine() * 4 / 5 + "m");

    private static final Duration COLLECTED_WITHIN = Duration.ofMinutes(1);

    private static final String STAND_IN_HEAP = "4g";

    private static final String PASSWORD = "changeit";

    private final URI uri;
    private final ChildJvm jvm;
    private final TlsTerminator front;
    private final Path folder;
    private final Path trustStore;
    private final Path certificate;

    private BenchDatabase(URI uri, ChildJvm jvm, TlsTerminator front, Path folder) {
        this.uri = uri;
        this.jvm = jvm;
        this.front = front;
        this.folder = folder;
        this.trustStore = folder.resolve("trust.p12");
        this.certificate = folder.resolve("authority.pem");
    }

    /**
     * Returns when it answers.
     *
     * @param folder where its log and the certificates go
     */
    public static BenchDatabase start(Path folder) throws IOException {
        return start(folder, EmulatorOptions.defaults().maxHeap(), COLLECTOR);
    }

    /**
     * One that takes half of the machine's memory so as not to pause: each collection takes an emulator half a second, in
     * which hundreds of requests come that the genuine Firestore would not keep waiting.
     *
     * @param folder likewise
     */
    public static BenchDatabase startRoomy(Path folder) throws IOException {
        return start(folder, ROOMY_HEAP, ROOMY_COLLECTOR);
    }

    /**
     * The embedded stand-in, for who needs more of a database than the genuine emulator can give on one processor that it
     * shares: there its collections take seconds.
     *
     * @param folder likewise
     */
    public static BenchDatabase startStandIn(Path folder) throws IOException, InterruptedException {
        return startStandIn(folder, STAND_IN_HEAP, COLLECTOR);
    }

    /**
     * The stand-in, as roomy: it, too, pauses for a second or more on a processor that it shares, when a collection of the
     * young finds hundreds of megabytes that stay; see {@link #collect}.
     *
     * @param folder likewise
     */
    public static BenchDatabase startRoomyStandIn(Path folder) throws IOException, InterruptedException {
        return startStandIn(folder, ROOMY_HEAP, ROOMY_COLLECTOR);
    }

    private static BenchDatabase startStandIn(Path folder, String heap, List<String> collector)
            throws IOException, InterruptedException {
        int port = LoopbackPorts.free();
        List<String> jvmArguments = new ArrayList<>(collector);
        jvmArguments.addAll(List.of("-Xms" + heap, "-Xmx" + heap));
        ChildJvm jvm = JvmLaunch.named("stand-in")
                .ownClassPath()
                .jvmArguments(jvmArguments)
                .main(EmbeddedFirestoreMain.class.getName(), List.of("--port=" + port))
                .workFolder(folder)
                .start();
        try {
            Listening.await("The embedded Firestore stand-in", jvm, Loopback.at(port));
            return behindTls(URI.create("http://127.0.0.1:" + port), jvm, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            jvm.close();
            throw e;
        }
    }

    private static BenchDatabase start(Path folder, String heap, List<String> collector) throws IOException {
        // An emulator that somebody else runs is neither fresh nor sized for this.
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("FIRESTORE_EMULATOR_HOST");
        List<String> jvmArguments = new ArrayList<>(collector);
        jvmArguments.add("-Xms" + heap);
        FirestoreEmulator emulator = FirestoreEmulator.start(EmulatorOptions.defaults()
                .withMaxHeap(heap)
                .withJvmArguments(jvmArguments)
                .withWorkFolder(folder)
                .withEnvironment(environment));
        try {
            return behindTls(emulator.uri(), Objects.requireNonNull(emulator.jvm(), "started here"), folder);
        } catch (IOException | RuntimeException e) {
            emulator.close();
            throw e;
        }
    }

    private static BenchDatabase behindTls(URI uri, ChildJvm jvm, Path folder) throws IOException {
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        X509Bundle identity = authority.issue(AUTHORITY);
        BenchDatabase database =
                new BenchDatabase(uri, jvm, TlsTerminator.start(0, identity, Loopback.at(uri.getPort())), folder);
        try {
            authority.writeTrustStore(database.trustStore, PASSWORD);
            Files.writeString(database.certificate, identity.getRootCertificatePEM());
            return database;
        } catch (IOException e) {
            database.front.close();
            throw e;
        }
    }

    /** Host and port of the TLS front. */
    public String endpoint() {
        return "127.0.0.1:" + front.address().getPort();
    }

    public int port() {
        return front.address().getPort();
    }

    /** How many plants carry each name that starts with the prefix, read past the service and past TLS. */
    public Map<String, Integer> stored(String prefix) throws IOException {
        return new FirestoreReadBack(uri, PROJECT, "plants", "name").count(prefix);
    }

    /** Has it collect now, so that it need not beside a load. */
    public void collect() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Command.of(jcmd.toString(), Long.toString(pid()), "GC.run").succeed(COLLECTED_WITHIN);
    }

    public long pid() {
        return jvm.pid();
    }

    /** Where its log and the certificates are. */
    Path folder() {
        return folder;
    }

    Path trustStore() {
        return trustStore;
    }

    String trustStorePassword() {
        return PASSWORD;
    }

    /** PEM of the authority that signed the front's certificate. */
    Path certificate() {
        return certificate;
    }

    @Override
    public void close() {
        front.close();
        jvm.close();
    }
}
