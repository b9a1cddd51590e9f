package dev.databasetraffic.rehearsal.experiment;

import java.util.ArrayList;
import java.util.List;

/** A template taken apart once, so that to fill it is to string its parts together. */
final class Filled {

    // Characters that no text may hold, by Unicode's own rule: they stand for the two variables.
    static final char KEY = '\uFDD0';
    static final char NUMBER = '\uFDD1';

    private final List<String> texts = new ArrayList<>();
    private final List<Character> variables = new ArrayList<>();

    /** @param marked a template whose variables {@link #mark} has replaced */
    Filled(String marked) {
        int from = 0;
        for (int at = 0; at < marked.length(); at++) {
            char character = marked.charAt(at);
            if (character == KEY || character == NUMBER) {
                texts.add(marked.substring(from, at));
                variables.add(character);
                from = at + 1;
            }
        }
        texts.add(marked.substring(from));
    }

    /** The template with a mark in place of each variable. */
    static String mark(String template) {
        return Template.fill(
                template, variable -> String.valueOf(variable.equals(Operation.Request.KEY) ? KEY : NUMBER));
    }

    String with(String key, int number) {
        StringBuilder filled = new StringBuilder(texts.get(0));
        for (int n = 0; n < variables.size(); n++) {
            if (variables.get(n) == KEY) {
                filled.append(key);
            } else {
                filled.append(number);
            }
            filled.append(texts.get(n + 1));
        }
        return filled.toString();
    }
}
