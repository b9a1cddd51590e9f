package dev.databasetraffic.rehearsal.checking;

import java.io.IOException;
import java.io.Writer;

/** A form in which a report is handed on. */
public interface ReportForm {

    /** Writes a report to the end, and leaves the writer open. */
    void write(CheckReport report, Writer out) throws IOException;
}
