package dev.databasetraffic.databases.firestore;

/** Which Firestore a run is to have. */
public enum FirestoreChoice {

    /** The genuine emulator where it lies ready and there is a Java for it, else the embedded stand-in. */
    READY,

    /** The genuine emulator, if it lies ready; nothing is fetched. */
    GENUINE,

    /** The embedded stand-in, whatever lies ready. */
    EMBEDDED,

    /** The genuine emulator, fetched if it does not lie ready. */
    DOWNLOAD
}
