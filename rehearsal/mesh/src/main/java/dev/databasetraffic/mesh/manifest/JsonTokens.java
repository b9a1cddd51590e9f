package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The pieces of JSON texts, one after the other. */
final class JsonTokens implements Token.Source {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path file;
    private final JsonParser parser;
    private boolean atStart;

    JsonTokens(Path file, String text) throws IOException {
        this.file = file;
        this.parser = JSON.createParser(text);
    }

    @Override
    public boolean nextDocument() throws ManifestException {
        atStart = advance() != null;
        return atStart;
    }

    @Override
    public Token next() throws ManifestException {
        try {
            JsonToken token = atStart ? parser.currentToken() : advance();
            atStart = false;
            return piece(token);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Token piece(@Nullable JsonToken token) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        if (token == null) {
            return Token.of(Token.Kind.END, line, "");
        }
        return switch (token) {
            case START_OBJECT -> Token.of(Token.Kind.MAPPING, line, "");
            case START_ARRAY -> Token.of(Token.Kind.LIST, line, "");
            case END_OBJECT, END_ARRAY -> Token.of(Token.Kind.END, line, "");
            default -> Token.scalar(line, scalar(token), "");
        };
    }

    private JsonNode scalar(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NUMBER_INT -> Scalars.whole(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> Scalars.number(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(parser.getText());
        };
    }

    private @Nullable JsonToken advance() throws ManifestException {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private ManifestException broken(IOException e) {
        if (e instanceof JsonProcessingException problem && problem.getLocation() != null) {
            String what = problem.getOriginalMessage().lines().findFirst().orElse("");
            return new ManifestException(
                    file,
                    problem.getLocation().getLineNr(),
                    "is not JSON: " + what.replaceAll("\\s*\\(start marker.*", ""),
                    e);
        }
        return new ManifestException(file, 0, "is not JSON", e);
    }
}
