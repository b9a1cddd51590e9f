package dev.databasetraffic.corpus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A record as text: what was refused, and what each proxy got, with names for the addresses that the cluster chose. */
final class Recording {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Recording() {}

    static String text(Map<String, String> refused, Map<String, Object> proxies, ClusterAddresses addresses)
            throws JsonProcessingException {
        Map<String, Object> record = new TreeMap<>();
        record.put("refused", refused.isEmpty() ? null : refused);
        record.put("proxies", proxies);
        // Sorted by the names that stand for addresses, and not by these.
        Object named = JSON.readValue(addresses.hiddenIn(JSON.writeValueAsString(record)), Object.class);
        return JSON.writer(new LinePrinter()).writeValueAsString(named) + "\n";
    }

    /** A listener, a cluster or a route configuration is a line. */
    private static final class LinePrinter extends DefaultPrettyPrinter {

        private static final int DEEPEST = 4;

        LinePrinter() {
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
            return new LinePrinter();
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
