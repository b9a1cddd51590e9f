package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.page.LivePage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that can show a page. */
final class PageOptions {

    private static final int HIGHEST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--page",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description = "Show it live on a page of this machine, at a port; without one, at any that is free.")
    private @Nullable Integer port;

    @Option(names = "--no-page", description = "Show no page.")
    private boolean none;

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    /** As {@link #start}, for a command that does nothing without a page. */
    LivePage require(String title, Terminal terminal) throws PlaceException {
        LivePage page = start(true, title, terminal);
        if (page == null) {
            throw invalid("--no-page: without a page there is nothing to see");
        }
        return page;
    }

    /**
     * Starts the page and says where it is.
     *
     * @param byDefault whether there is one without an option
     * @return null if there is to be none
     * @throws PlaceException if the port cannot be used
     */
    @Nullable
    LivePage start(boolean byDefault, String title, Terminal terminal) throws PlaceException {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw invalid("--page: " + port + " is not a port from 0 to 65535");
        }
        if (none && (port != null || open)) {
            throw invalid("--no-page: there is nothing to open without a page");
        }
        if (none || !(byDefault || port != null || open)) {
            return null;
        }
        int wanted = port == null ? 0 : port;
        try {
            LivePage page = LivePage.start(title, wanted);
            terminal.print("page     " + page.address());
            if (open) {
                Browser.open(page.address(), terminal);
            }
            return page;
        } catch (IOException e) {
            throw new PlaceException(
                    "Port " + wanted + " of 127.0.0.1 cannot be used for the page (" + e.getMessage()
                            + "). End what listens there, choose another by --page, or leave it out by --no-page.",
                    e);
        }
    }

    private ParameterException invalid(String message) {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
