package dev.databasetraffic.mesh.resource;

/** A namespace: its labels are all that the model reads of it, and they are in the manifest. */
public record KubernetesNamespace() {}
