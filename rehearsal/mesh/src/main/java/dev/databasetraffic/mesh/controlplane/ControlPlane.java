package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.admission.Refusal;
import dev.databasetraffic.mesh.check.RuleNotes;
import dev.databasetraffic.mesh.controlplane.Handover.Outcome;
import dev.databasetraffic.mesh.controlplane.Reply.Kind;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Envoy at what the manifests say, with at most one outage on top of them. What cannot be read changes nothing, and an
 * outage that Envoy does not take is taken back: the last good state stays in force, also over a restart of either.
 */
final class ControlPlane {

    private final ControlPlaneOptions options;
    private final EnvoyFolder folder;
    private final EnvoyAdmin admin;
    private final Handover envoy;
    private final Consumer<String> log;

    private @Nullable SteadyState steady;
    private @Nullable Outage outage;
    private String version = "";
    private String problem = "the manifests were not read yet";

    /** @param log receives what nobody asked about: changes of the manifests, and why they are not in force */
    ControlPlane(ControlPlaneOptions options, Consumer<String> log) {
        this.options = options;
        this.log = log;
        folder = new EnvoyFolder(options.resources());
        admin = new EnvoyAdmin(options.envoy());
        envoy = new Handover(folder, admin, options.patience());
        try {
            outage = Outage.kept(folder).orElse(null);
        } catch (IOException | ManifestException e) {
            log.accept("the outage of before is not in force again: " + e.getMessage());
        }
    }

    /** Takes the manifests over if they were changed. */
    synchronized void look() {
        try {
            String now = SteadyState.version(options);
            if (now.equals(version)) {
                return;
            }
            SteadyState read = SteadyState.read(options);
            // Not before: half a file is read again when it is whole, and a bad one is told of once.
            EnvoyResources resources = read.with(manifests(outage));
            if (!resources.refusals().isEmpty()) {
                tell(resources.refusals().get(0));
            } else {
                steady = read;
                envoy.leave(resources);
                tell("");
            }
            version = now;
        } catch (ManifestException | IOException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String newProblem) {
        if (!newProblem.equals(problem)) {
            problem = newProblem;
            log.accept(
                    problem.isEmpty()
                            ? "what the manifests say is given to Envoy"
                            : "what the manifests say is not given to Envoy: " + problem);
        }
    }

    /** Whether there is something for Envoy to start with. */
    synchronized Reply ready() {
        return steady == null ? notReady() : new Reply(Kind.IN_FORCE, List.of("ready"));
    }

    /** Where everything goes now. */
    synchronized Reply status() {
        look();
        if (steady == null) {
            return notReady();
        }
        List<String> lines = lines(steady.with(manifests(outage)).ways(), Map.of());
        lines.add(outage == null ? "No outage is in force." : "The outage of " + outage.name() + " is in force.");
        try {
            lines.addAll(envoy.missing());
            lines.addAll(admin.refusals());
        } catch (IOException e) {
            lines.add("Envoy does not answer: " + e + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer(Kind.IN_FORCE, lines);
    }

    /** Puts an outage in the place of the one in force. */
    synchronized Reply start(Path name, byte[] text) throws InterruptedException {
        look();
        if (steady == null) {
            return notReady();
        }
        try {
            Outage next = Outage.of(name, text);
            List<Refusal> refusals = AdmissionControl.of(next.manifests());
            if (!refusals.isEmpty()) {
                return refused(refusals.stream().map(Refusal::toString).toList());
            }
            EnvoyResources without = steady.with(List.of());
            EnvoyResources with = steady.with(next.manifests());
            if (!with.refusals().isEmpty()) {
                return refused(with.refusals());
            }
            Outcome outcome = envoy.giveAndWait(with);
            if (outcome.state() == Handover.State.REFUSED) {
                return takeBack(steady.with(manifests(outage)), outcome.sentences());
            }
            outage = next;
            next.keep(folder);
            if (outcome.state() == Handover.State.UNKNOWN) {
                return unknown(outcome);
            }
            List<String> notes = RuleNotes.of(steady.manifests(), next.manifests(), options.mesh());
            return with.sameAs(without) ? withoutEffect(notes) : inForce(without, with, notes);
        } catch (ManifestException e) {
            return refused(List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return cannotWrite(e);
        }
    }

    /** Takes the outage away, if there is one. */
    synchronized Reply stop() throws InterruptedException {
        look();
        try {
            Outage kept = steady == null ? outage : null;
            if (kept != null) {
                // From before, and it may be why the manifests cannot be given to Envoy.
                outage = null;
                Outage.forget(folder);
                version = "";
                look();
            }
            if (steady == null) {
                return notReady();
            }
            EnvoyResources before = steady.with(manifests(outage));
            EnvoyResources without = steady.with(List.of());
            List<String> notes = kept != null
                    ? List.of("The outage of " + kept.name() + " was taken away.")
                    : outage == null
                            ? List.of("No outage was in force.")
                            : without.sameAs(before) ? List.of(outage.name() + " had no effect.") : List.of();
            Outcome outcome = envoy.giveAndWait(without);
            if (outcome.state() == Handover.State.REFUSED) {
                return unknown(outcome);
            }
            outage = null;
            Outage.forget(folder);
            return outcome.state() == Handover.State.TAKEN ? inForce(before, without, notes) : unknown(outcome);
        } catch (IOException e) {
            return cannotWrite(e);
        }
    }

    /** Of resources that it refuses Envoy may have taken a part, so it is given again all that it had. */
    private Reply takeBack(EnvoyResources before, List<String> refusals) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(refusals);
        Outcome outcome = envoy.giveAndWait(before);
        if (outcome.state() == Handover.State.TAKEN) {
            lines.add("It was taken back: Envoy does what it would do without it.");
            return answer(Kind.REFUSED, lines);
        }
        lines.add("It is not known whether Envoy does what it would do without it:");
        lines.addAll(outcome.sentences());
        return answer(Kind.UNKNOWN, lines);
    }

    private Reply inForce(EnvoyResources before, EnvoyResources now, List<String> notes) {
        List<String> lines = lines(now.ways(), before.ways());
        lines.addAll(notes);
        return answer(Kind.IN_FORCE, lines);
    }

    private Reply withoutEffect(List<String> notes) {
        List<String> lines = new ArrayList<>(List.of("It is taken, and Envoy does the same for Deployment "
                + options.namespace() + "/" + options.deployment() + " as without it."));
        lines.addAll(notes.isEmpty() ? List.of("It is for other hosts, ports or pods.") : notes);
        return answer(Kind.WITHOUT_EFFECT, lines);
    }

    private Reply refused(List<String> sentences) {
        List<String> lines = new ArrayList<>(sentences);
        lines.add("Nothing was changed.");
        return answer(Kind.REFUSED, lines);
    }

    private Reply unknown(Outcome outcome) {
        return answer(Kind.UNKNOWN, outcome.sentences());
    }

    private Reply cannotWrite(IOException e) {
        return answer(Kind.UNKNOWN, List.of("Envoy's files cannot be written: " + e + "."));
    }

    private Reply notReady() {
        return new Reply(
                Kind.NOT_READY, List.of("Envoy was given nothing yet, and does what it did before: " + problem));
    }

    private Reply answer(Kind kind, List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        if (!problem.isEmpty()) {
            all.add("The manifests were changed since, and that is not in force: " + problem);
        }
        return new Reply(kind, all);
    }

    private static List<Manifest> manifests(@Nullable Outage outage) {
        return outage == null ? List.of() : outage.manifests();
    }

    /** {@code HOST:PORT -> clusters} for what is not the same in both. */
    private static List<String> lines(Map<String, String> ways, Map<String, String> others) {
        List<String> lines = new ArrayList<>();
        ways.forEach((subject, clusters) -> {
            if (!clusters.equals(others.get(subject))) {
                lines.add(subject + " -> " + clusters);
            }
        });
        return lines;
    }
}
