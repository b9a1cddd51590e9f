package dev.databasetraffic.rehearsal.plants;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.FirestoreReadBack;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.URI;
import java.util.Map;

/** Those in an emulator or its stand-in, read past everything that a rehearsal touches. */
public final class EmulatedPlants implements StoredPlants {

    private final FirestoreReadBack documents;

    /** @param emulator where it answers in plain text */
    public EmulatedPlants(URI emulator, String project) {
        documents = new FirestoreReadBack(emulator, project, "plants", "name");
    }

    @Override
    public Map<String, Integer> count(String namePrefix) throws PlaceException {
        try {
            return documents.count(namePrefix);
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }
}
