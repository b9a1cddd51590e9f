package dev.databasetraffic.rehearsal.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The logs of several instances as one, each line as it comes. */
public record JoinedLogs(List<ServiceLog> logs) implements ServiceLog {

    @Override
    public List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        for (ServiceLog log : logs) {
            lines.addAll(log.read());
        }
        return lines;
    }

    @Override
    public void close() {
        logs.forEach(ServiceLog::close);
    }
}
