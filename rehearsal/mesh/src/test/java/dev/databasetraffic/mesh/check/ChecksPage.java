package dev.databasetraffic.mesh.check;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The page that explains each kind of finding. */
final class ChecksPage {

    private ChecksPage() {}

    static String markdown() {
        return """
                <!-- Made of rehearsal/mesh's explanations, each of which is put through the checker. To make it anew:
                     mvn -pl rehearsal/mesh -am test -Dtest=ChecksPageTests -Dsurefire.failIfNoSpecifiedTests=false \
                -Dchecks.page=write -->
                # What `./rehearse check` finds

                A finding is a **trap** (the mesh does something else than the manifest seems to say), **refused** (the API
                server or Istio's webhook does not take it), **cannot tell** (another file may say more; name it as well) or a
                **note**. Traps and what is refused lead to exit code 1; `--fail-on` changes that. `--only` and `--without`
                take ids, and so does an annotation on the resource, with the reason after a colon or in
                `%s`:

                ```yaml
                metadata:
                  annotations: {%s: "mesh-wide-diversion: the whole mesh is rehearsed"}
                ```

                What is allowed so is counted, and shown with `--show-suppressed`. `--output json` is described by
                [check-report.schema.json](check-report.schema.json).

                | id | finds |
                | --- | --- |
                %s

                Beside each of the examples below stand these two, which an example may replace:

                ```yaml
                %s
                ```

                %s
                """.formatted(
                        Allowances.REASON,
                        Allowances.ANNOTATION,
                        Arrays.stream(Trap.values())
                                .map(trap -> "| [%1$s](#%1$s) | %2$s |".formatted(trap.id(), trap.title()))
                                .collect(Collectors.joining("\n")),
                        Explanation.SURROUNDINGS.strip(),
                        Arrays.stream(Trap.values())
                                .map(trap -> "## " + trap.id() + "\n\n" + trap.title() + ". "
                                        + trap.explanation().markdown())
                                .collect(Collectors.joining("\n\n")));
    }
}
