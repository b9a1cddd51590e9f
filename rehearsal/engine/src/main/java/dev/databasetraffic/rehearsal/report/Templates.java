package dev.databasetraffic.rehearsal.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.databasetraffic.kit.ClassResource;
import java.util.Locale;

/** The templates beside this class, filled with views; values are escaped for HTML and XML unless the template says no. */
final class Templates {

    private static final Mustache.Compiler MUSTACHE = Mustache.compiler()
            .withEscaper(Escapers.HTML)
            .withFormatter(value -> value instanceof Double d ? number(d) : String.valueOf(value))
            .withLoader(name -> new java.io.StringReader(text(name + ".mustache")));

    private Templates() {}

    static String render(String name, Object view) {
        return MUSTACHE.compile(text(name + ".mustache")).execute(view);
    }

    static String text(String resource) {
        return ClassResource.text(Templates.class, resource);
    }

    /** A number as short as a picture needs it: one decimal at most. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
