package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.mesh.router.OutageFolder;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A system that another process keeps running, and whose outages are files: as {@code kubectl} is to a cluster. */
public final class RunningSystem {

    private final RunFolder folder;
    private final URI service;

    private RunningSystem(RunFolder folder, URI service) {
        this.folder = folder;
        this.service = service;
    }

    /**
     * Finds the one system that runs from this checkout.
     *
     * @throws PlaceException if none does, or several do
     */
    public static RunningSystem find(Path home) throws PlaceException {
        List<RunFolder> running = RunFolder.running(home);
        if (running.isEmpty()) {
            throw new PlaceException("Nothing runs from " + home + ". Start it in another terminal: ./rehearse up");
        }
        if (running.size() > 1) {
            throw new PlaceException(running.size() + " systems run from " + home + ", and it is not clear which one is"
                    + " meant. Let one of them go on and end the others by Ctrl-C.");
        }
        RunFolder folder = running.get(0);
        try {
            return new RunningSystem(folder, folder.state().service());
        } catch (IOException e) {
            throw new PlaceException(
                    "The system of " + folder.path() + " has just ended, or its state cannot be read: " + e
                            + ". Start it again: ./rehearse up",
                    e);
        }
    }

    /** Where the service under test answers. */
    public URI service() {
        return service;
    }

    /**
     * Applies a manifest: the system takes it over within a tenth of a second, and reports on its own terminal.
     *
     * @param outage that can be {@linkplain OutageFolder#read read}
     * @throws PlaceException if it cannot be handed over
     */
    public void apply(Path outage) throws PlaceException {
        try {
            new OutageFolder(folder.outages()).put(outage);
        } catch (IOException e) {
            throw new PlaceException(outage + " could not be copied to " + folder.outages() + ": " + e, e);
        }
    }

    /**
     * Removes every manifest that was applied.
     *
     * @return the names of their files
     * @throws PlaceException if one cannot be removed
     */
    public List<String> remove() throws PlaceException {
        try {
            return new OutageFolder(folder.outages()).clear();
        } catch (IOException e) {
            throw new PlaceException(
                    "The outages in " + folder.outages() + " could not be removed: " + e
                            + ". By hand: delete the files there.",
                    e);
        }
    }
}
