package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.databasetraffic.databases.ReadBack;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an {@link Experiment} from YAML, strictly; each refusal names file, line, member, limit and an example. */
public final class ExperimentFile {

    private static final long MAX_BYTES = 1 << 20;

    /** What these hold is in no message. */
    private static final Set<String> MAYBE_SECRET =
            Set.of("arguments", "command", "environment", "files", "headers", "login");

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(HumanDuration.module())
            .addModule(StoredMember.module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final Path file;
    private final String text;

    private ExperimentFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads the experiment in a file.
     *
     * @throws ExperimentException if it cannot be read or is not an experiment
     */
    public static Experiment read(Path file) throws ExperimentException {
        if (Files.isDirectory(file)) {
            throw new ExperimentException(
                    file + ": is a folder; name an experiment's file, e.g. experiments/black-hole.yaml");
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ExperimentException(file + ": is larger than 1 MiB, and so not an experiment");
            }
            return new ExperimentFile(file, Files.readString(file)).parse();
        } catch (NoSuchFileException e) {
            throw new ExperimentException(file + ": there is no such file; experiments/black-hole.yaml is an example");
        } catch (IOException e) {
            throw new ExperimentException(file + ": cannot be read as UTF-8 text (" + e + ")");
        }
    }

    private Experiment parse() throws ExperimentException, IOException {
        try {
            JsonNode tree = tree();
            if (!tree.isObject()) {
                throw new ExperimentException(file + ":1: is not an experiment, a mapping with the members "
                        + members(Experiment.class) + "; experiments/black-hole.yaml is an example");
            }
            requireMembers(Experiment.class, tree, JsonPointer.empty());
            return YAML.readValue(text, Experiment.class);
        } catch (JsonMappingException e) {
            throw refusal(e);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ExperimentException(file + ":" + line + ": is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private JsonNode tree() throws ExperimentException, IOException {
        try {
            return YAML.readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (MismatchedInputException e) {
            throw new ExperimentException(file + ":" + e.getLocation().getLineNr()
                    + ": there is a second document; a file has one experiment");
        }
    }

    /** Every component that is not {@code @Nullable} must be there, or a default would judge in the author's place. */
    private void requireMembers(Class<?> type, JsonNode node, JsonPointer at) throws ExperimentException, IOException {
        for (RecordComponent component : components(type, node)) {
            JsonPointer pointer = at.appendProperty(component.getName());
            JsonNode value = node.path(component.getName());
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!optional && (value.isMissingNode() || value.isNull())) {
                throw new ExperimentException(where(value.isNull() ? pointer : at) + dotted(pointer)
                        + " is missing; give " + description(component));
            }
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    requireMembers(elementType(component), value.get(i), pointer.appendIndex(i));
                }
            } else if (value.isObject()) {
                requireMembers(elementType(component), value, pointer);
            }
        }
    }

    private ExperimentException refusal(JsonMappingException e) throws IOException {
        JsonPointer pointer = pointer(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new ExperimentException(where(pointer) + "there is no member " + dotted(pointer)
                    + "; known here are " + members(unknown.getReferringClass()));
        }
        if (e instanceof RefusedReadBackException) {
            return new ExperimentException(where(pointer) + dotted(pointer) + ": " + e.getOriginalMessage());
        }
        if (e instanceof ValueInstantiationException && e.getCause() instanceof InvalidMember invalid) {
            pointer = pointer.append(invalid.at());
            if (invalid.reason() != null) {
                return new ExperimentException(where(pointer) + dotted(pointer) + " " + invalid.reason());
            }
        }
        String limit = component(pointer).map(ExperimentFile::description).orElse("what its neighbours show");
        return new ExperimentException(where(pointer) + dotted(pointer) + shown(pointer) + "must be " + limit);
    }

    /** What it is, unless there may be a secret in it: then the author may look it up. */
    private String shown(JsonPointer pointer) throws IOException {
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            if (MAYBE_SECRET.contains(at.getMatchingProperty())) {
                return " ";
            }
        }
        JsonNode value = YAML.readTree(text).at(pointer);
        if (MAYBE_SECRET.stream().anyMatch(name -> value.findValue(name) != null)) {
            return " ";
        }
        return " is '" + (value.isValueNode() ? value.asText() : value.toString()) + "', but ";
    }

    /** Where it is in the file, in which a list of one need not be a list. */
    private JsonPointer pointer(JsonMappingException e) throws IOException {
        JsonNode tree = YAML.readTree(text);
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                pointer = pointer.appendProperty(reference.getFieldName());
            } else if (tree.at(pointer).isArray()) {
                pointer = pointer.appendIndex(Math.max(0, reference.getIndex()));
            }
        }
        return pointer;
    }

    private Optional<RecordComponent> component(JsonPointer pointer) throws IOException {
        Class<?> type = Experiment.class;
        JsonNode node = YAML.readTree(text);
        RecordComponent found = null;
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            JsonNode parent = node;
            node = node.isArray() ? node.path(at.getMatchingIndex()) : node.path(at.getMatchingProperty());
            if (parent.isArray()) {
                continue;
            }
            String name = at.getMatchingProperty();
            RecordComponent next = Arrays.stream(components(type, parent))
                    .filter(component -> component.getName().equals(name))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                break;
            }
            found = next;
            type = elementType(next);
        }
        return Optional.ofNullable(found);
    }

    /** None of what is not a record; those of the read-back that {@code kind} names. */
    private static RecordComponent[] components(Class<?> type, JsonNode node) {
        Class<?> actual = type == ReadBack.class ? StoredMember.type(node) : type;
        return actual.isRecord() ? actual.getRecordComponents() : new RecordComponent[0];
    }

    /** The type of a list's elements; of anything else, its own. */
    private static Class<?> elementType(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : component.getType();
    }

    /** Annotations whose targets exclude record components are found on the accessor. */
    private static String description(RecordComponent component) {
        JsonPropertyDescription description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
        return description == null ? component.getType().getSimpleName() : description.value();
    }

    private static String members(@Nullable Class<?> type) {
        return type == null || !type.isRecord()
                ? "none"
                : Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", "));
    }

    private static String dotted(JsonPointer pointer) {
        return pointer.matches()
                ? "the experiment"
                : pointer.toString().substring(1).replace('/', '.');
    }

    /** File and line of the member, found by reading the file's tokens again. */
    private String where(JsonPointer pointer) throws IOException {
        try (JsonParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().pathAsPointer().equals(pointer)) {
                    return file + ":" + parser.currentTokenLocation().getLineNr() + ": ";
                }
            }
        }
        return file + ": ";
    }
}
