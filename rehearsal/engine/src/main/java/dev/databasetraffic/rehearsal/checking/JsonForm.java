package dev.databasetraffic.rehearsal.checking;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Writer;

/** The report itself, for programs. */
public final class JsonForm implements ReportForm {

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter JSON = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

    @Override
    public void write(CheckReport report, Writer out) throws IOException {
        write((Object) report, out);
    }

    static void write(Object document, Writer out) throws IOException {
        JSON.writeValue(out, document);
        out.write('\n');
    }
}
