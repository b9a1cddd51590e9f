package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Firestore: the genuine emulator, or the embedded stand-in for it. */
public final class Firestore implements DatabaseKind {

    @Override
    public String name() {
        return "firestore";
    }

    /** Returns as soon as the address is known, for it is not needed before the first write. */
    @Override
    public Database start(StartOptions options) throws DatabaseException {
        if (options.image() != null) {
            throw new DatabaseException("Firestore is not started in a container here: leave start.image out; which one"
                    + " runs is said by --database.");
        }
        EmulatorOptions emulator = EmulatorOptions.defaults()
                .withMaxHeap(EmulatorOptions.halfOfTheMachine() + "m")
                .withWorkFolder(options.folder())
                .withLogFolder(options.logs());
        try {
            return new FirestoreDatabase(FirestoreServer.begin(choice(options), emulator), options.name());
        } catch (EmulatorException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }

    private static FirestoreChoice choice(StartOptions options) throws DatabaseException {
        String which = options.which();
        if (which == null) {
            return FirestoreChoice.READY;
        }
        return Arrays.stream(FirestoreChoice.values())
                .filter(choice -> choice.name().equalsIgnoreCase(which))
                .findFirst()
                .orElseThrow(() -> new DatabaseException("There is no Firestore \"" + which + "\"; choose one of "
                        + Arrays.stream(FirestoreChoice.values())
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return StoredDocuments.class;
    }
}
