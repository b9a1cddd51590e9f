package dev.databasetraffic.mesh.check;

/** How sure a finding is. */
public enum Severity {
    /** The mesh does something else than the manifest seems to say. */
    TRAP("trap"),
    /** The API server or Istio's webhook does not take it. */
    REFUSED("refused"),
    /** The files at hand do not say; the mend names what to check as well. */
    UNKNOWN("cannot tell"),
    /** True and harmless, or not read here: worth knowing, never a reason to fail. */
    NOTE("note");

    private final String title;

    Severity(String title) {
        this.title = title;
    }

    /** In words for people. */
    public String title() {
        return title;
    }
}
