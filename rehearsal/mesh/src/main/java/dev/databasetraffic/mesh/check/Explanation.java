package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a person should know of a kind of finding, in Markdown without blocks.
 *
 * @param happens what the mesh does
 * @param why it does so
 * @param example manifests in which it is found
 * @param mend what to do about it
 * @param mended the same manifests, in which it is not
 */
public record Explanation(String happens, String why, String example, String mend, String mended) {

    /** What stands beside each of the examples, whose objects replace those of the same name. */
    public static final String SURROUNDINGS = text("surroundings");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** All of it as one piece of Markdown. */
    public String markdown() {
        return """
                %s

                Why: %s

                It is found here:

                ```yaml
                %s
                ```

                Mend: %s

                ```yaml
                %s
                ```""".formatted(happens.strip(), why.strip(), example.strip(), mend.strip(), mended.strip());
    }

    static Explanation of(Trap trap) {
        try {
            return YAML.readValue(text(trap.id()), Explanation.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(trap.id(), e);
        }
    }

    private static String text(String name) {
        String resource = "explanations/" + name + ".yaml";
        try (InputStream in = Explanation.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
