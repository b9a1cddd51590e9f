package dev.databasetraffic.mesh.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found where one looked for manifests.
 *
 * @param manifests every resource, in the order in which {@code kubectl apply -f} takes them
 * @param skipped what lies in the same folders and is no manifest
 * @param rendered what was not read as it stands but through kustomize or Helm, one sentence each
 * @param problems what was named or is meant as a manifest and cannot be read
 */
public record Reading(
        List<Manifest> manifests, List<Skipped> skipped, List<String> rendered, List<ManifestException> problems) {

    public Reading {
        manifests = List.copyOf(manifests);
        skipped = List.copyOf(skipped);
        rendered = List.copyOf(rendered);
        problems = List.copyOf(problems);
    }

    /**
     * The manifests, where all could be read.
     *
     * @throws ManifestException the first problem, if there is one
     */
    public List<Manifest> orThrow() throws ManifestException {
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return manifests;
    }

    /** Gathers what is found. */
    static final class Notes {

        final List<Manifest> manifests = new ArrayList<>();
        final List<Skipped> skipped = new ArrayList<>();
        final List<String> rendered = new ArrayList<>();
        final List<ManifestException> problems = new ArrayList<>();

        Reading reading() {
            return new Reading(manifests, skipped, rendered, problems);
        }
    }
}
