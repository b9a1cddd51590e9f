package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks for traps in a set of manifests, taken together as one mesh's configuration. */
public final class MeshCheck {

    private static final List<Inspection> INSPECTIONS = List.of(
            new GreedyPorts(),
            new MisnamedPorts(),
            new SharedAddresses(),
            new RefusedDeclarations(),
            new UnimportedHosts(),
            new LoopbackAddresses(),
            new UnknownSelected(),
            new WrappedTls(),
            new TlsToPlainPorts(),
            new ReplacedManifests(),
            new ParentSections(),
            new SecondSidecars(),
            new ShadowedHosts(),
            new CapitalHosts(),
            new EmptyHosts(),
            new UndeclaredPolicies(),
            new UnheededSecrets(),
            new UnreadKinds());

    private static final List<RuleInspection> RULE_INSPECTIONS = List.of(
            new UnreadRoutes(),
            new GatewayRoutes(),
            new GatewayWays(),
            new GatewayTls(),
            new Mirrors(),
            new Delegates(),
            new Waypoints(),
            new DeadEnds(),
            new SubsetMembers(),
            new AmbientCallers(),
            new MismatchedPorts(),
            new RefusedListeners(),
            new TakenHosts(),
            new SilentFaults(),
            new MeshWideDiversion(),
            new HidingSidecars(),
            new WholePorts(),
            new UncapturedPorts(),
            new UnknownCallers());

    private MeshCheck() {}

    /**
     * @param manifests in the order in which they would be applied
     * @return what was found, the surest first, then by file and line; empty if there is nothing to say
     */
    public static List<Finding> check(List<Manifest> manifests, MeshOptions options) {
        return check(Admitted.of(manifests), options);
    }

    /** What {@link #check(List, MeshOptions)} finds, where it is known already what would be refused. */
    public static List<Finding> check(Admitted admitted, MeshOptions options) {
        CheckedMesh mesh = CheckedMesh.of(admitted.manifests(), options);
        List<Finding> findings = new ArrayList<>(admitted.refused());
        INSPECTIONS.forEach(inspection -> findings.addAll(inspection.findings(mesh)));
        for (Rule rule : mesh.rules()) {
            // Of an object that several files hold, a rule goes with the version of its own file.
            CheckedMesh ofRule = mesh.isLatest(rule.manifest()) ? mesh : mesh.withFileLast(rule.manifest());
            Neighbourhood around = Neighbourhood.of(ofRule, rule);
            RULE_INSPECTIONS.forEach(inspection -> findings.addAll(inspection.findings(ofRule, around)));
        }
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(finding -> finding.manifest().file())
                        .thenComparing(Finding::line))
                .toList();
    }
}
