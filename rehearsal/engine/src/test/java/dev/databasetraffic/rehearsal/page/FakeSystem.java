package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A system whose every figure a test sets, and whose switches it reads. */
final class FakeSystem implements Watched, Controls {

    static final String HOST = "db.example.com";
    static final Duration DRAIN = Duration.ofSeconds(30);

    final AtomicInteger looks = new AtomicInteger();
    final List<String> switched = new CopyOnWriteArrayList<>();

    private final Map<String, Flow> flows = new TreeMap<>();
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private List<RuleInForce> rules = List.of();
    private List<String> replicas = List.of("shop");
    private OptionalLong requests = OptionalLong.of(0);
    private URI address = URI.create("http://127.0.0.1:1");
    private String inForce = "";

    /** What a look waits for. */
    volatile CountDownLatch mesh = new CountDownLatch(0);

    private int rate;

    /** Adds to what has flowed to a target. */
    synchronized void flow(String target, long open, long opened, long failed, long bytes) {
        Flow before = flows.getOrDefault(target, new Flow(HOST, target, 0, 0, 0, 0L));
        flows.put(
                target,
                new Flow(
                        HOST,
                        target,
                        open,
                        before.opened() + opened,
                        before.failed() + failed,
                        (before.bytes() == null ? 0 : before.bytes()) + bytes));
    }

    synchronized void asked(long times) {
        if (requests.isPresent()) {
            requests = OptionalLong.of(requests.getAsLong() + times);
        }
    }

    synchronized void countsNoRequests() {
        requests = OptionalLong.empty();
    }

    synchronized void replicas(String... names) {
        replicas = List.of(names);
    }

    synchronized void rule(RuleInForce... now) {
        rules = List.of(now);
    }

    synchronized void log(String line) {
        logged.add(line);
    }

    synchronized void address(URI service) {
        address = service;
    }

    void tell(MeshEvent.Kind kind) {
        MeshEvent event = new MeshEvent(kind, Instant.now(), "as the mesh tells it");
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public String service() {
        return "shop";
    }

    @Override
    public synchronized URI address() {
        return address;
    }

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public Duration drain() {
        return DRAIN;
    }

    @Override
    public Look look() throws InterruptedException {
        looks.incrementAndGet();
        mesh.await();
        return counted();
    }

    private synchronized Look counted() {
        return new Look(
                replicas.stream()
                        .map(name -> new Look.Replica(name, "router", requests, List.copyOf(flows.values())))
                        .toList(),
                rules);
    }

    @Override
    public ServiceLog log() {
        AtomicInteger read = new AtomicInteger();
        return () -> {
            synchronized (this) {
                List<String> fresh = List.copyOf(logged.subList(read.get(), logged.size()));
                read.set(logged.size());
                return fresh;
            }
        };
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public List<OutageChoice> outages() {
        return List.of(
                new OutageChoice("silent", "mesh", "silence", List.of("Nobody answers."), false),
                new OutageChoice("wire/reset", "wire", "reset", List.of("accepted, then RST"), true));
    }

    @Override
    public synchronized Set<String> inForce(List<RuleInForce> now) {
        return inForce.isEmpty() ? Set.of() : Set.of(inForce);
    }

    @Override
    public synchronized List<String> begin(String id, boolean cut) {
        inForce = id;
        switched.add("begin " + id + (cut ? " cut" : ""));
        return List.of();
    }

    @Override
    public synchronized void end() {
        inForce = "";
        switched.add("end");
    }

    @Override
    public synchronized int rate() {
        return rate;
    }

    @Override
    public synchronized void setRate(int perSecond) {
        rate = perSecond;
    }

    @Override
    public SampleRequest sample() {
        return new SampleRequest("POST", "/orders", Map.of("name", "sunflower"));
    }

    @Override
    public void close() {}
}
