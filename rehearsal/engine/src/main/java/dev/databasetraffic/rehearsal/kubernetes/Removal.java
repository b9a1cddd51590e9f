package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;

/** What leaves nothing behind in the cluster; it can be begun again. */
interface Removal {

    void run() throws PlaceException;

    /** The API's client gives up when its thread is interrupted, before it asks or meanwhile; the thread is so afterwards. */
    static void uninterrupted(Removal removal) throws PlaceException {
        boolean interrupted = Thread.interrupted();
        try {
            removal.run();
        } catch (PlaceException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            interrupted = true;
            removal.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
