package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Two VirtualServices that claim one server name: the older one wins, and nothing says so. */
final class SharedServerName implements Rule {

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        List<Route> routes =
                mesh.routes().stream().filter(r -> r.section().equals("tls")).toList();
        for (int i = 0; i < routes.size(); i++) {
            for (int j = i + 1; j < routes.size(); j++) {
                Route one = routes.get(i);
                Route other = routes.get(j);
                if (!one.manifest().replaces(other.manifest()) && one.overlaps(other)) {
                    findings.add(finding(one, other));
                }
            }
        }
        return findings;
    }

    private static Finding finding(Route one, Route other) {
        String host =
                one.hosts().stream().filter(other.hosts()::contains).findFirst().orElseThrow();
        return new Finding(
                Severity.TRAP,
                "shared-server-name",
                other.manifest().file(),
                other.line(),
                "%s and %s (%s:%d) both route %s for the same callers: whichever was created first wins, silently."
                        .formatted(
                                other.manifest(), one.manifest(), one.manifest().file(), one.line(), host),
                "keep one of them; or give both the same name and namespace, so that applying one replaces the other;"
                        + " or let their sourceLabels or exportTo exclude each other");
    }
}
