package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A fault for no share of the requests: one that says none is for none (istio.io, HTTPFaultInjection). */
final class SilentFaults implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        Manifest manifest = around.rule().manifest();
        JsonNode routes = manifest.tree().at("/spec/http");
        for (int i = 0; i < routes.size(); i++) {
            for (String kind : List.of("abort", "delay")) {
                JsonNode fault = routes.get(i).path("fault").path(kind);
                if (fault.isObject() && !fault.path("percentage").has("value") && !fault.has("percent")) {
                    findings.add(new Finding(
                            Trap.NO_EFFECT,
                            Severity.TRAP,
                            manifest,
                            manifest.line("spec", "http", i, "fault", kind),
                            "The %s never happens: a fault without percentage is for 0 %% of the requests."
                                    .formatted(kind),
                            "percentage: {value: 100}"));
                }
            }
        }
        return findings;
    }
}
