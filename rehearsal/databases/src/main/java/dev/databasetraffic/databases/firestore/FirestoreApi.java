package dev.databasetraffic.databases.firestore;

/** What is known of Cloud Firestore on the wire. */
public final class FirestoreApi {

    /** The production host, whose certificate clients expect. */
    public static final String HOST = "firestore.googleapis.com";

    private FirestoreApi() {}

    /** Whether a gRPC call writes, by its path: {@code google.firestore.v1.Firestore}'s methods. */
    public static boolean isWrite(String path) {
        return path.endsWith("/Commit") || path.endsWith("/BatchWrite");
    }
}
