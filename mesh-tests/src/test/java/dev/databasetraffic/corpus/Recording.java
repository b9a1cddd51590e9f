package dev.databasetraffic.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A record as text: what was refused, and what each proxy got, with names for the addresses that the cluster chose. */
final class Recording {

    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

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
}
