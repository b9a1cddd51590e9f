package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Explanation;
import dev.databasetraffic.mesh.check.Trap;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.manifest.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reports of real checks. */
final class SampleReports {

    static final MeshSettings SETTINGS = new MeshSettings("default", null, null, null);

    private SampleReports() {}

    /** A ServiceEntry for db.example.com and a Service sink, in namespace shop, and what else is given. */
    static List<Manifest> manifests(String file, String text) throws ManifestException {
        return new ManifestReader()
                .read(Path.of(file), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }

    static List<Manifest> surroundings() throws ManifestException {
        return manifests("shop.yaml", Explanation.SURROUNDINGS);
    }

    static String example(Trap trap) {
        return trap.explanation().example();
    }

    static CheckReport ofFiles(Path... files) throws Exception {
        Reading reading = new ManifestReader().read(List.of(files));
        return new Checker(reading, null, SETTINGS, Selection.ALL, false).check();
    }

    /** A folder with a trap, what is refused, a note, something allowed, something that is no manifest and a broken file. */
    static CheckReport ofEverything(Path folder) throws Exception {
        Files.writeString(folder.resolve("a-shop.yaml"), Explanation.SURROUNDINGS);
        Files.writeString(folder.resolve("b-trap.yaml"), example(Trap.IGNORED_ROUTE));
        Files.writeString(
                folder.resolve("c-refused.yaml"), example(Trap.REFUSED).replace("name: outage", "name: refused"));
        Files.writeString(folder.resolve("d-note.yaml"), example(Trap.NOT_READ));
        Files.writeString(
                folder.resolve("e-allowed.yaml"),
                example(Trap.MESH_WIDE_DIVERSION)
                        .replace(
                                "{name: outage, namespace: shop",
                                "{name: all, namespace: shop, annotations: {rehearse.databasetraffic.dev/allow:"
                                        + " \"mesh-wide-diversion, shared-server-name: on purpose\"}"));
        Files.writeString(folder.resolve("f-compose.yaml"), "services: {db: {image: postgres}}\n");
        Files.writeString(folder.resolve("g-broken.yaml"), "apiVersion: v1\nkind: [Service\n");
        return ofFiles(folder);
    }

    /** A file whose name, members and values try to break out of their line. */
    static CheckReport ofForgeries(Path folder) throws Exception {
        String forged = "x\\n::error file=a.yaml,line=1::owned %0A::warning::too ]]></failure><testcase name='owned'/>"
                + " \\u001b[31mred \\u009b2J \\r\\u2028::notice::owned \\u202e";
        Path file = folder.resolve("a\n::error::owned,line=9 %25.yaml");
        Files.writeString(
                file,
                example(Trap.IGNORED_ROUTE).replace("name: outage", "name: \"" + forged + "\"") + "---\n"
                        + example(Trap.REFUSED).replace("port: \"443\"", "port: \"" + forged + "\"") + "---\n"
                        + example(Trap.MESH_WIDE_DIVERSION)
                                .replace(
                                        "{name: outage,",
                                        "{name: all, annotations: {rehearse.databasetraffic.dev/allow: \"" + forged
                                                + "\"},"));
        return ofFiles(file, folder.resolve("none\n::error::owned.yaml"));
    }

    static String written(ReportForm form, CheckReport report) throws IOException {
        StringWriter out = new StringWriter();
        form.write(report, out);
        return out.toString();
    }
}
