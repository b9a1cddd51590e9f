package dev.databasetraffic.mesh.manifest;

import java.nio.file.Path;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says what is wrong with a text that is not YAML, and how to mend it where the cause is a usual one. */
final class YamlProblem {

    private YamlProblem() {}

    static ManifestException of(Path file, YAMLException e) {
        if (e instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark() == null ? marked.getContextMark() : marked.getProblemMark();
            int line = mark == null ? 1 : mark.getLine() + 1;
            return new ManifestException(file, line, "is not YAML: " + sentence(marked), e);
        }
        if (e instanceof ReaderException character) {
            return new ManifestException(
                    file,
                    0,
                    String.format(
                            "is not YAML: it holds the character U+%04X, which none may", character.getCodePoint()),
                    e);
        }
        return new ManifestException(file, 0, "is not YAML", e);
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        String context = String.valueOf(e.getContext());
        if (context.contains("scanning an alias")) {
            return "a * in front of a text makes it an alias; quote it: \"*.example.com\"";
        }
        if (context.contains("scanning an anchor")) {
            return "an & in front of a text makes it an anchor; quote it";
        }
        if (problem.contains("(TAB)") || problem.contains("'\\t'")) {
            return "a tab stands here, and YAML is indented with spaces alone";
        }
        if (problem.contains("cannot start any token")) {
            String character = problem.replaceAll("(?s).*character '?(.).*", "$1");
            return "a text cannot begin with " + character + "; quote it";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a second \": \" on this line, or its indentation is not that of its neighbours;"
                    + " a text that holds \": \" needs quotes";
        }
        if (problem.startsWith("could not find expected ':'")) {
            return "a line without \": \" where the name of a member was expected; see also the line above";
        }
        if (problem.contains("expected <block end>")) {
            return "this line is not indented as its neighbours are";
        }
        if (problem.contains("unexpected end of stream") || problem.contains("<stream end>")) {
            return "the text ends inside of a quote, a bracket or a brace";
        }
        return problem;
    }
}
