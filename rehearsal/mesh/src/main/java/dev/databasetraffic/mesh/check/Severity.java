package dev.databasetraffic.mesh.check;

/** How sure a finding is. */
public enum Severity {
    /** The mesh does something else than the manifest seems to say. */
    TRAP,
    /** The API server or Istio's webhook does not take it. */
    REFUSED,
    /** The files at hand do not say; the mend names what to check as well. */
    UNKNOWN,
    /** True and harmless, or not read here: worth knowing, never a reason to fail. */
    NOTE
}
