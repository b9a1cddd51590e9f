package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.ReadBackKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** docs/experiment.md: every member of an experiment's file, from the descriptions that refuse a wrong one. */
final class ExperimentPage {

    private static final String HEAD = """
            <!-- Made of the experiment's records, whose descriptions are what a wrong member is refused with. To make it anew:
                 mvn -pl rehearsal/engine -am test -Dtest=ExperimentPageTests -Dsurefire.failIfNoSpecifiedTests=false -Dexperiment.page=write -->
            # The experiment file

            An experiment says all that a rehearsal knows of a service and its database. `./rehearse init` writes one;
            [`experiments/black-hole.yaml`](../experiments/black-hole.yaml) is the one that `./rehearse` runs,
            [`examples/postgresql/experiment.yaml`](../examples/postgresql/experiment.yaml) a short one. Paths are relative to the file.
            Durations are written `500ms`, `10s`, `1m30s`, `2h`.

            Members in *italics* may be left out. What is left out is not made up: without `notWritten` no failure proves that
            nothing was written, without `repeatable` nothing is repeated, without `stored` nothing is called lost, and a time without
            a tolerance is reported and not judged.
            """;

    private static final String VARIABLES = """

            ## What a service is told

            In `service.start`, in its words, environment and files, `${…}` stands for what only the run knows; `$${` is `${` itself.

            | variable | is |
            | --- | --- |
            | `${database.address}`, `.host`, `.port` | where the service reaches its database: through the wire and the mesh |
            | `${database.serverName}` | the name that the database's certificate carries, where `database.tls` is true |
            | `${database.name}`, `.user`, `.password` | the login of a database that was started for the run |
            | `${trust.store}`, `${trust.password}`, `${trust.pem}` | the authority of that certificate, as a PKCS #12 trust store and in PEM |
            | `${hosts.file}` | a hosts file with the database's name, for a JVM's `jdk.net.hosts.file` |
            | `${google.credentials}` | application default credentials whose tokens come from an endpoint of the run |
            | `${service.port}` | the port at which the service is asked; it must be told, or `--port` says which one it has by itself |
            | `${port.NAME}` | a free port, the same wherever the name is used |
            | `${java}` | the Java that runs the rehearsal |
            | `${folder}` | the folder of the run's files, deleted at its end |
            | `${env.NAME}` | a variable of your own environment, so that a secret need not be in the file |

            In `operation.request`, `${key}` is another key for each request, the same when it is repeated, by which it is found in the
            database; `${n}` is its number, and a text of a JSON body that is `${n}` and nothing else becomes a number. What a service is
            started with and logins are in no log, journal or report; of headers, only their names and variables are in the journal.
            """;

    private static final Pattern EXAMPLE = Pattern.compile("e\\.g\\. (.+?)(; left out.*)?$");

    private ExperimentPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "The file", Experiment.class, "");
        for (RecordComponent member : Experiment.class.getRecordComponents()) {
            Class<?> type = described(member.getGenericType());
            if (type != null) {
                section(page, "`" + member.getName() + "`", type, "");
            }
        }
        page.append("\n## `database.stored`\n\n| kind | member | is |\n| --- | --- | --- |\n");
        ReadBackKind.all().stream()
                .sorted(Comparator.comparing(ReadBackKind::name))
                .forEach(kind -> rows(kind.readBack(), "")
                        .forEach(row -> page.append("| `")
                                .append(kind.name())
                                .append("` ")
                                .append(row)));
        return page.append(VARIABLES).toString();
    }

    private static void section(StringBuilder page, String title, Class<?> type, String prefix) {
        page.append("\n## ").append(title).append("\n\n| member | is |\n| --- | --- |\n");
        boolean deep = type != Experiment.class;
        for (RecordComponent member : type.getRecordComponents()) {
            page.append(row(member, prefix));
            Class<?> inner = described(member.getGenericType());
            if (deep && inner != null) {
                rows(inner, prefix + member.getName() + ".").forEach(page::append);
            }
        }
    }

    private static List<String> rows(Class<?> type, String prefix) {
        List<String> rows = new ArrayList<>();
        for (RecordComponent member : type.getRecordComponents()) {
            rows.add(row(member, prefix));
            Class<?> inner = described(member.getGenericType());
            if (inner != null) {
                rows.addAll(rows(inner, prefix + member.getName() + "."));
            }
        }
        return rows;
    }

    private static String row(RecordComponent member, String prefix) {
        String name = "`" + prefix + member.getName() + "`";
        boolean optional = member.getAnnotatedType().isAnnotationPresent(Nullable.class);
        JsonPropertyDescription description = member.getAccessor().getAnnotation(JsonPropertyDescription.class);
        String text = description == null ? "" : description.value();
        return "| " + (optional ? "*" + name + "*" : name) + " | "
                + EXAMPLE.matcher(text.replace("|", "\\|")).replaceFirst("e.g. `$1`$2") + " |\n";
    }

    /** The record that a member, or each element of it, is; null for a plain value. */
    private static @Nullable Class<?> described(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class || generic.getRawType() == List.class
                    ? described(arguments[arguments.length - 1])
                    : null;
        }
        return type instanceof Class<?> plain && plain.isRecord() && plain != ReadBack.class ? plain : null;
    }
}
