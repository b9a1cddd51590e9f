package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Firestore: the genuine emulator, or the embedded stand-in for it. */
public final class Firestore implements DatabaseKind {

    @Override
    public String name() {
        return "firestore";
    }

    /**
     * Returns as soon as the address is known, for it is not needed before the first write. An emulator frees nothing that was
     * written: the default collector would look through it again and again, and stop writes of a rehearsal for as long as the
     * outage of a moment. This one looks at what is new, which is little; and at all of it when its heap grows, so that it is
     * given it at once.
     */
    @Override
    public Database start(StartOptions options) throws DatabaseException {
        if (options.image() != null) {
            throw new DatabaseException("Firestore is not started in a container here: leave start.image out; which one"
                    + " runs is said by --database.");
        }
        String heap = EmulatorOptions.halfOfTheMachine() + "m";
        EmulatorOptions emulator = EmulatorOptions.defaults()
                .withMaxHeap(heap)
                .withJvmArguments(List.of("-XX:+UseParallelGC", "-Xmn128m", "-Xms" + heap))
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
