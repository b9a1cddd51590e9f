package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** The pieces of the documents in a YAML text. */
final class YamlTokens implements Token.Source {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String STANDARD = "tag:yaml.org,2002:";

    private final Path file;
    private final Parser parser;

    YamlTokens(Path file, String text) {
        this.file = file;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    @Override
    public boolean nextDocument() throws ManifestException {
        for (Event event = event(); !event.is(Event.ID.StreamEnd); event = event()) {
            if (event.is(Event.ID.DocumentStart)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Token next() throws ManifestException {
        Event event = event();
        int line = event.getStartMark().getLine() + 1;
        if (event instanceof ScalarEvent scalar) {
            boolean merge = scalar.isPlain()
                    && scalar.getTag() == null
                    && scalar.getValue().equals("<<");
            return merge
                    ? Token.of(Token.Kind.MERGE, line, "")
                    : Token.scalar(line, value(scalar, line), anchor(scalar));
        }
        if (event instanceof AliasEvent alias) {
            return Token.of(Token.Kind.ALIAS, line, alias.getAnchor());
        }
        if (event.is(Event.ID.MappingStart)) {
            return Token.of(Token.Kind.MAPPING, line, anchor((NodeEvent) event));
        }
        if (event.is(Event.ID.SequenceStart)) {
            return Token.of(Token.Kind.LIST, line, anchor((NodeEvent) event));
        }
        return Token.of(Token.Kind.END, line, "");
    }

    private Event event() throws ManifestException {
        try {
            return parser.getEvent();
        } catch (YAMLException e) {
            throw YamlProblem.of(file, e);
        }
    }

    private static String anchor(NodeEvent event) {
        return event.getAnchor() == null ? "" : event.getAnchor();
    }

    private JsonNode value(ScalarEvent scalar, int line) throws ManifestException {
        String text = scalar.getValue();
        @Nullable String tag = scalar.getTag();
        if (tag == null ? !scalar.isPlain() : !tag.startsWith(STANDARD) || tag.equals(STANDARD + "str")) {
            return NODES.textNode(text);
        }
        if (tag != null && tag.equals(STANDARD + "binary")) {
            return NODES.textNode(decoded(text, line));
        }
        if (Scalars.isNoJsonNumber(text)) {
            throw new ManifestException(
                    file, line, text + " is a number that JSON cannot hold; quote it if it is meant as text");
        }
        return Scalars.plain(text);
    }

    private String decoded(String base64, int line) throws ManifestException {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ManifestException(file, line, "!!binary wants Base64, and this is none", e);
        }
    }
}
