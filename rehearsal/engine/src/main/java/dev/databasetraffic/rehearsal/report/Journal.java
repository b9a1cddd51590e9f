package dev.databasetraffic.rehearsal.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Operation;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The journal of a run, in the form of the Chaos Toolkit's journals with one member more, {@code rehearsal}: the run as
 * this suite knows it, and the whole ledger. Times in it are in seconds since the run's start.
 *
 * @see <a href="https://chaostoolkit.org/reference/api/journal/">Chaos Toolkit: Experiment Journal</a>
 */
public final class Journal {

    private static final int FORMAT = 2;
    private static final List<String> COLUMNS =
            List.of("due_s", "latency_ms", "outcome", "status", "kind", "settlement");

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().build())
            .addModule(new JavaTimeModule())
            .addMixIn(ServiceUnderTest.class, Discreet.Service.class)
            .addMixIn(DatabaseUnderTest.class, Discreet.Database.class)
            .addMixIn(Operation.Request.class, Discreet.Request.class)
            .addMixIn(Experiment.class, Discreet.Settings.class)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Journal() {}

    /**
     * Writes a run's journal, one write at a time, so that a long run's ledger is never held as text.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Run run, Stream<Write> writes) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(lines)
                .withArrayIndenter(lines)
                .withoutSpacesInObjectEntries();
        try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(file))) {
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            for (Map.Entry<String, ?> member : ChaosToolkit.journal(run).entrySet()) {
                json.writeFieldName(member.getKey());
                JSON.writeValue(json, member.getValue());
            }
            json.writeObjectFieldStart("rehearsal");
            json.writeNumberField("format", FORMAT);
            json.writeFieldName("run");
            JSON.writeValue(json, run);
            json.writeObjectFieldStart("ledger");
            json.writeFieldName("columns");
            json.writeRawValue(JSON.writeValueAsString(COLUMNS));
            json.writeArrayFieldStart("writes");
            LedgerRows rows = new LedgerRows(JSON);
            for (Iterator<Write> all = writes.iterator(); all.hasNext(); ) {
                json.writeRawValue(rows.row(all.next()));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /**
     * Reads the run in a journal.
     *
     * @throws ReportException if the file cannot be read, or is not a journal of this suite
     */
    public static Run read(Path file) throws ReportException {
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT
                    || !goTo("rehearsal", json)
                    || !goTo("format", json)
                    || json.getValueAsInt() != FORMAT
                    || !goTo("run", json)) {
                throw new ReportException(file + ": is not a rehearsal's journal of format " + FORMAT
                        + "; give the journal.json that ./rehearse wrote");
            }
            return json.readValueAs(Run.class);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new ReportException(
                    file + ":" + line + ": is not a rehearsal's journal: "
                            + e.getOriginalMessage().lines().findFirst().orElse("not JSON"),
                    e);
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new ReportException(file + ": there is no such file, or it may not be read", e);
        } catch (IOException e) {
            throw new ReportException(file + ": cannot be read (" + e + ")", e);
        }
    }

    /** On to a member's value, past those before it; the ledger comes last, and may be larger than the memory. */
    private static boolean goTo(String member, JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals(member);
            json.nextToken();
            if (found) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }
}
