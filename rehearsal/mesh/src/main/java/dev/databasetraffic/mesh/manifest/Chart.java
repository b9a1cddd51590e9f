package dev.databasetraffic.mesh.manifest;

import dev.databasetraffic.mesh.manifest.Reading.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Helm chart, read as Helm renders it with its default values. */
final class Chart {

    private static final String FILE = "Chart.yaml";
    private static final Pattern SOURCE = Pattern.compile("(?m)^---\\s*\\n# Source: [^/\\n]+/(\\S+)[ \\t\\r]*\\n");

    private Chart() {}

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    static void read(Path folder, ManifestReader reader, Notes notes) throws ManifestException {
        List<String> command = List.of("helm", "template", "release", folder.toString());
        Optional<Tool> helm = Tool.run(command);
        if (helm.isEmpty() || !helm.get().succeeded()) {
            notes.skipped.add(new Skipped(
                    folder.resolve(FILE),
                    0,
                    "a Helm chart, and helm "
                            + helm.map(tool -> "failed: " + tool.complaint()).orElse("is not installed here")
                            + "; render it with helm template " + folder + ", and check what that prints (check -)"));
            return;
        }
        String output = helm.get().output();
        List<MatchResult> starts = SOURCE.matcher(output).results().toList();
        for (int i = 0; i < starts.size(); i++) {
            Path template = folder.resolve(starts.get(i).group(1));
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : output.length();
            String text = output.substring(starts.get(i).end(), end);
            for (Document document : Text.documents(template, text)) {
                reader.add(template, new Document(document.tree(), Lines.scalar(1)), notes);
            }
        }
        notes.rendered.add(folder + ": a Helm chart, read as helm template renders it with its default values; lines"
                + " within its templates are not known");
    }
}
