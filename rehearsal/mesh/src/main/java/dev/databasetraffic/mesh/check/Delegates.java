package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A route that is left to a delegate that is not there, or is none: istiod leaves the route out. */
final class Delegates implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        Manifest manifest = around.rule().manifest();
        JsonNode routes = manifest.tree().at("/spec/http");
        for (int i = 0; i < routes.size(); i++) {
            JsonNode delegate = routes.get(i).path("delegate");
            if (delegate.has("name")) {
                int line = manifest.line("spec", "http", i, "delegate");
                finding(mesh, manifest, line, delegate).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> finding(CheckedMesh mesh, Manifest manifest, int line, JsonNode delegate) {
        String name = delegate.path("name").asText();
        String namespace = delegate.path("namespace").asText(manifest.namespace());
        List<Resource<VirtualService>> ofNamespace = mesh.resources().virtualServices().stream()
                .filter(rule ->
                        rule.namespace().equals(namespace) && !rule.manifest().equals(manifest))
                .toList();
        Optional<Resource<VirtualService>> named =
                ofNamespace.stream().filter(rule -> rule.name().equals(name)).findFirst();
        if (named.isPresent() && named.get().spec().hosts().isEmpty()) {
            return Optional.empty();
        }
        String what = named.map(rule -> "%s (%s) has hosts of its own, and so is no delegate"
                        .formatted(rule.manifest(), Where.is(rule.manifest())))
                .orElse("there is no VirtualService %s/%s among these files".formatted(namespace, name));
        return Optional.of(new Finding(
                Trap.MISSING_DESTINATION,
                ofNamespace.isEmpty() ? Severity.UNKNOWN : Severity.TRAP,
                manifest,
                line,
                "The route is left to a delegate, and %s: istiod leaves the route out.".formatted(what),
                named.isPresent()
                        ? "take hosts and gateways away from the delegate"
                        : "name the VirtualService that has the routes, or give its file to this check as well"));
    }
}
