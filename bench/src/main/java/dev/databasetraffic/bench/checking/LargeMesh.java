package dev.databasetraffic.bench.checking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a mesh that a hundred teams share, 40 objects each: their Services, the hosts outside that they
 * call, and rules for both. Some of them have a trap in it.
 */
public final class LargeMesh {

    public static final int TEAMS = 100;
    public static final int OBJECTS = 40 * TEAMS;

    /** The id of the trap, and the file it is in. */
    public static final Map<String, String> TRAPS = Map.of(
            "ignored-route", "team-13.yaml",
            "missing-destination", "team-37.yaml",
            "other-case", "team-61.yaml");

    private LargeMesh() {}

    /** Writes a file for each team. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int team = 0; team < TEAMS; team++) {
            Files.writeString(folder.resolve(name(team) + ".yaml"), String.join("---\n", objects(team)));
        }
    }

    private static String name(int team) {
        return "team-%02d".formatted(team);
    }

    private static List<String> objects(int team) {
        List<String> objects = new ArrayList<>();
        int services = 18;
        if (team % 2 == 0) {
            services--;
            objects.add(TeamManifests.sidecar(name((team + 1) % TEAMS)));
        }
        for (int i = 0; i < services; i++) {
            objects.add(TeamManifests.service("app-" + i, i < 12 ? "http" : (i < 16 ? "grpc" : "tcp")));
        }
        for (int i = 0; i < 4; i++) {
            objects.add(TeamManifests.subsets("app-" + i));
            objects.add(TeamManifests.canary("app-" + i, i == 0 && team == 37 ? "v3" : "v2"));
            objects.add(TeamManifests.tlsHost("api-" + i));
        }
        objects.add(TeamManifests.wildcardHost());
        objects.add(TeamManifests.webHost());
        for (int i = 0; i < 2; i++) {
            objects.add(TeamManifests.database("db-" + i, "10.%d.0.%d".formatted(team, 10 + i)));
            objects.add(TeamManifests.pool("api-" + i));
            String split =
                    TeamManifests.split("api-" + 2 * i, "api-" + (2 * i + 1), i == 0 && team == 13 ? "tcp" : "tls");
            objects.add(team == 61 ? split.replace("osts: [api-0.", "osts: [API-0.") : split);
        }
        objects.add(TeamManifests.failover("db-0", "db-1"));
        objects.add(TeamManifests.timeout("app-5", name((team + 1) % TEAMS)));
        return objects.stream().map(each -> each.replace("TEAM", name(team))).toList();
    }
}
