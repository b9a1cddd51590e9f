package dev.databasetraffic.databases.command;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.Counts;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Counts by a program: it is given the prefix as its last argument, and where to ask in the variables {@code
 * DATABASE_HOST}, {@code DATABASE_PORT}, {@code DATABASE_USER}, {@code DATABASE_PASSWORD} and {@code DATABASE_NAME}. It
 * prints a line for each key, with a tab before its count.
 */
public record CommandReadBack(
        @JsonPropertyDescription("a program and its arguments, e.g. [./count-orders, --all]")
        List<String> command) implements ReadBack {

    private static final String LINE = "a key, a tab and its count";

    public CommandReadBack {
        command = List.copyOf(command);
    }

    @Override
    public void check() throws DatabaseException {
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new DatabaseException("stored: {command: []} names no program; as in {command: [./count-orders]}.");
        }
    }

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add(prefix);
        Command program = Command.of(words).with(variables(source));
        try {
            Command.Result result = program.run(source.atMost());
            if (result.status() != 0) {
                throw new DatabaseException(program + ", which is to count what is stored, ended with status "
                        + result.status() + ": " + lastLine(result.errors()));
            }
            return counts(program, result.output(), prefix);
        } catch (DatabaseException e) {
            throw e;
        } catch (IOException | TimeoutException e) {
            throw new DatabaseException("What is stored could not be counted: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, Integer> counts(Command program, String output, String prefix) throws DatabaseException {
        Counts counts = new Counts(program.toString(), prefix);
        int number = 0;
        for (String line : output.lines().toList()) {
            number++;
            int tab = line.lastIndexOf('\t');
            if (tab < 0 && !line.isBlank()) {
                throw new DatabaseException(
                        program + " printed as line " + number + ": \"" + line + "\", which is not " + LINE + ".");
            }
            if (tab >= 0) {
                counts.add(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return counts.all();
    }

    private static String lastLine(String errors) {
        return errors.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it told nothing");
    }

    private static Map<String, String> variables(Source source) {
        Map<String, String> variables = new HashMap<>();
        variables.put("DATABASE_HOST", source.address().host());
        variables.put("DATABASE_PORT", String.valueOf(source.address().port()));
        Login login = source.login();
        if (login != null) {
            variables.put("DATABASE_USER", login.user());
            variables.put("DATABASE_PASSWORD", login.password());
            variables.put("DATABASE_NAME", login.database());
        }
        return variables;
    }
}
