package dev.databasetraffic.rehearsal.checking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.mesh.check.Trap;
import dev.databasetraffic.rehearsal.checking.CheckReport.Place;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The Static Analysis Results Interchange Format, which code hosts and editors read.
 *
 * @param page the page that explains the ids, each under its own anchor
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public record SarifForm(URI page) implements ReportForm {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    @Override
    public void write(CheckReport report, Writer out) throws IOException {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        run.put("columnKind", "utf16CodeUnits");
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "rehearse check").put("informationUri", page.toString());
        ArrayNode rules = driver.putArray("rules");
        for (Trap trap : Trap.values()) {
            describe(trap, rules.addObject());
        }
        ObjectNode invocation = run.putArray("invocations").addObject();
        invocation.put("executionSuccessful", report.problems().isEmpty());
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        report.problems().forEach(problem -> notify(notifications.addObject(), "error", problem));
        report.skipped().forEach(skipped -> notify(notifications.addObject(), "note", skipped));
        report.cannotTell().forEach(gap -> notify(notifications.addObject(), "warning", gap));
        report.remarks().forEach(remark -> notify(notifications.addObject(), "note", remark));
        ArrayNode results = run.putArray("results");
        report.findings().forEach(finding -> describe(finding, results.addObject()));
        report.allowed()
                .forEach(finding -> describe(finding, results.addObject())
                        .putArray("suppressions")
                        .addObject()
                        .put("kind", "inSource")
                        .put("justification", finding.reason()));
        JsonForm.write(log, out);
    }

    private void describe(Trap trap, ObjectNode rule) {
        rule.put("id", trap.id());
        rule.putObject("shortDescription").put("text", trap.title());
        rule.putObject("fullDescription").put("text", trap.explanation().happens());
        rule.putObject("help")
                .put("text", trap.explanation().mend())
                .put("markdown", trap.explanation().markdown());
        rule.put("helpUri", page + "#" + trap.id());
    }

    private static ObjectNode describe(Result finding, ObjectNode result) {
        result.put("ruleId", finding.id());
        result.put("ruleIndex", Trap.of(finding.id()).orElseThrow().ordinal());
        result.put("level", level(finding.sureness()));
        result.putObject("message").put("text", finding.why() + " Mend: " + finding.mend());
        ObjectNode location = result.putArray("locations").addObject();
        locate(location, finding.file(), finding.line());
        location.putArray("logicalLocations")
                .addObject()
                .put("fullyQualifiedName", finding.resource().toString())
                .put("kind", "resource");
        return result;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case TRAP, REFUSED -> "error";
            case UNKNOWN -> "warning";
            case NOTE -> "note";
        };
    }

    private static void notify(ObjectNode notification, String level, Place place) {
        notify(notification, level, place.toString());
        locate(notification.putArray("locations").addObject(), place.file(), place.line());
    }

    private static void notify(ObjectNode notification, String level, String text) {
        notification.put("level", level).putObject("message").put("text", text);
    }

    private static void locate(ObjectNode location, String file, int line) {
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(file));
        if (line > 0) {
            physical.putObject("region").put("startLine", line);
        }
    }

    /** Relative paths stay relative, as code hosts take them to be so to the repository. */
    private static String uri(String file) {
        String path = URLEncoder.encode(file, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return (file.startsWith("/") ? "file://" : "") + path;
    }
}
