package dev.databasetraffic.rehearsal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What no option says is asked of the person at the terminal, if there is one. */
final class Questions {

    private final CommandLine command;
    private final BufferedReader answers =
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    Questions(CommandLine command) {
        this.command = command;
    }

    /**
     * What was given, else what the person says, else the example.
     *
     * @throws ParameterException if nothing was given and there is nobody to ask
     */
    String answer(@Nullable String given, String option, String question, String example) throws IOException {
        if (given != null) {
            return given;
        }
        if (!Boolean.getBoolean("rehearse.terminal")) {
            throw new ParameterException(
                    command,
                    option + " is missing, and there is nobody to ask: " + question + " Give e.g. " + option + " '"
                            + example + "'");
        }
        System.out.print(question + " [" + example + "] ");
        System.out.flush();
        String answer = answers.readLine();
        return answer == null || answer.isBlank() ? example : answer.strip();
    }
}
