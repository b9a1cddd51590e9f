package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.databases.DatabaseException;

/** What a place asks of a database; its refusals become the place's. */
@FunctionalInterface
public interface DatabaseCall<T> {

    T run() throws DatabaseException, InterruptedException;

    /**
     * Makes the call.
     *
     * @param done what is done to the database, as in {@code read back}
     * @throws PlaceException if the database refuses, in its words, or the thread is interrupted
     */
    static <T> T of(String done, DatabaseCall<T> call) throws PlaceException {
        try {
            return call.run();
        } catch (DatabaseException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the database was " + done + ".", e);
        }
    }
}
