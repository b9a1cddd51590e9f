package dev.databasetraffic.rehearsal.cli;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.databasetraffic.kit.ClassResource;

/** The templates of text beside this class. */
final class TextTemplates {

    private TextTemplates() {}

    static String render(String name, Object view) {
        return Mustache.compiler()
                .withEscaper(Escapers.NONE)
                .compile(ClassResource.text(TextTemplates.class, name + ".mustache"))
                .execute(view);
    }
}
