package dev.databasetraffic.rehearsal.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes of a ledger as rows of a journal, of which there may be millions: what many have in common is written once. */
final class LedgerRows {

    private static final int THOUSANDTHS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final ObjectMapper json;
    private final Map<Ending, String> endings = new HashMap<>();

    private record Ending(Answer answer, Write.Settlement settlement) {}

    LedgerRows(ObjectMapper json) {
        this.json = json;
    }

    /** Due in seconds, latency in milliseconds, each with three decimals, and what became of it. */
    String row(Write write) {
        StringBuilder row = new StringBuilder("[");
        append(row, write.start(), NANOS_PER_MILLI);
        append(row.append(','), write.latency(), NANOS_PER_MICRO);
        return row.append(',')
                .append(endings.computeIfAbsent(new Ending(write.answer(), write.settlement()), this::text))
                .toString();
    }

    private static void append(StringBuilder row, Duration duration, long nanosPerThousandth) {
        long thousandths = Math.round((double) duration.toNanos() / nanosPerThousandth);
        row.append(thousandths / THOUSANDTHS).append('.');
        String decimals = String.valueOf(THOUSANDTHS + thousandths % THOUSANDTHS);
        int end = decimals.length();
        while (end > 2 && decimals.charAt(end - 1) == '0') {
            end--;
        }
        row.append(decimals, 1, end);
    }

    /** What follows the comma, with the bracket that ends the row. */
    private String text(Ending ending) {
        Answer answer = ending.answer();
        try {
            return json.writeValueAsString(
                            List.of(answer.outcome(), answer.status(), answer.kind(), ending.settlement()))
                    .substring(1);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
