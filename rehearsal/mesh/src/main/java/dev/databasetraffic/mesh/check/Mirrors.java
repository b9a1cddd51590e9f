package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of requests that is sent to nobody. */
final class Mirrors implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        JsonNode routes = around.rule().manifest().tree().at("/spec/http");
        for (int i = 0; i < routes.size(); i++) {
            add(mesh, around.rule(), routes.get(i).path("mirror"), findings, "spec", "http", i, "mirror");
            JsonNode mirrors = routes.get(i).path("mirrors");
            for (int j = 0; j < mirrors.size(); j++) {
                JsonNode destination = mirrors.get(j).path("destination");
                add(mesh, around.rule(), destination, findings, "spec", "http", i, "mirrors", j, "destination");
            }
        }
        return findings;
    }

    private static void add(
            CheckedMesh mesh, Rule rule, JsonNode destination, Collection<Finding> findings, Object... path) {
        String host = destination.path("host").asText();
        if (host.isEmpty()) {
            return;
        }
        Manifest manifest = rule.manifest();
        Hostname name = rule.destination(host);
        Severity severity =
                severity(mesh, manifest, name, destination.at("/port/number").asInt());
        if (severity != null) {
            findings.add(
                    new Finding(
                            Trap.MISSING_DESTINATION,
                            severity,
                            manifest,
                            manifest.line(Arrays.asList(path)),
                            "Requests are copied to %s, and nothing among these files declares it with that port: the copies go nowhere."
                                    .formatted(name),
                            "name a Service and port that exist, in full; or give the file that declares it to this check as well"));
        }
    }

    /** @return null if the destination is there */
    private static @Nullable Severity severity(CheckedMesh mesh, Manifest manifest, Hostname name, int port) {
        var hosts = mesh.hostsOverlapping(name);
        if (hosts.isEmpty()) {
            return new UndeclaredHosts(mesh).wouldBeDeclared(name, manifest) ? Severity.TRAP : Severity.UNKNOWN;
        }
        return port == 0 || hosts.stream().anyMatch(host -> host.port(port) != null) ? null : Severity.TRAP;
    }
}
