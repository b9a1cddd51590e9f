package dev.databasetraffic.rehearsal.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {@code ${variables}} in it; {@code $${} stands for <code>${</code> itself. */
public final class Template {

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\$?)\\{([^{}]*)(}?)");

    private Template() {}

    /** The names that are used, in their order; one that is not closed is found as it stands. */
    public static List<String> variables(String text) {
        List<String> names = new ArrayList<>();
        for (Matcher variable = VARIABLE.matcher(text); variable.find(); ) {
            if (variable.group(1).isEmpty()) {
                names.add(variable.group(3).isEmpty() ? variable.group() : variable.group(2));
            }
        }
        return names;
    }

    /** The text with each variable's value in its place. */
    public static String fill(String text, UnaryOperator<String> values) {
        return text.indexOf('$') < 0
                ? text
                : VARIABLE.matcher(text).replaceAll(variable -> Matcher.quoteReplacement(value(variable, values)));
    }

    private static String value(MatchResult variable, UnaryOperator<String> values) {
        return variable.group(1).isEmpty()
                ? values.apply(variable.group(2))
                : variable.group().substring(1);
    }
}
