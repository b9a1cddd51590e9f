package dev.databasetraffic.rehearsal.cli;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The templates of text beside this class. */
final class TextTemplates {

    private TextTemplates() {}

    static String render(String name, Object view) {
        try (InputStream in =
                Objects.requireNonNull(TextTemplates.class.getResourceAsStream(name + ".mustache"), name)) {
            return Mustache.compiler()
                    .withEscaper(Escapers.NONE)
                    .compile(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .execute(view);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
