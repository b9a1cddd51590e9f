package dev.databasetraffic.corpus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A record as text: what was refused, and what each proxy got, with names for the addresses that the cluster chose. */
final class Recording {

    private static final ObjectWriter JSON = new ObjectMapper().writer(new Lines());

    private Recording() {}

    static String text(Map<String, String> refused, Map<String, Object> proxies, Map<String, String> addresses)
            throws JsonProcessingException {
        Map<String, Object> record = new TreeMap<>();
        record.put("refused", refused.isEmpty() ? null : refused);
        record.put("proxies", proxies);
        String text = JSON.writeValueAsString(record) + "\n";
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            text = Pattern.compile("(?<![0-9.])" + Pattern.quote(address.getKey()) + "(?![0-9]|\\.[0-9])")
                    .matcher(text)
                    .replaceAll(address.getValue());
        }
        return text;
    }

    /** A listener, a cluster or a route configuration is a line. */
    private static final class Lines extends DefaultPrettyPrinter {

        private static final int DEEPEST = 4;

        Lines() {
            super(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
            indentObjectsWith(new DefaultIndenter("  ", "\n") {
                @Override
                public void writeIndentation(JsonGenerator json, int level) throws IOException {
                    if (level <= DEEPEST) {
                        super.writeIndentation(json, level);
                    } else {
                        json.writeRaw(' ');
                    }
                }
            });
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Lines();
        }

        @Override
        public void writeEndObject(JsonGenerator json, int entries) throws IOException {
            if (_nesting > DEEPEST) {
                _nesting--;
                json.writeRaw(" }");
            } else {
                super.writeEndObject(json, entries);
            }
        }
    }
}
