package dev.databasetraffic.embedded;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The stand-in as a process of its own, until SIGTERM. */
public final class EmbeddedFirestoreMain {

    private static final String USAGE = """
            Runs a stand-in for Firestore: in memory, gRPC in plain text, until it is told to end.
              --host=ADDRESS   where it listens; 127.0.0.1 if left out
              --port=PORT      0 for any free one, which it then tells; 8080 if left out
              --memory=MB      how much of the heap its documents may take; half of it if left out
            """;
    private static final int DEFAULT_PORT = 8080;
    private static final int BAD_USAGE = 2;
    private static final int COULD_NOT_RUN = 3;

    private EmbeddedFirestoreMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedFirestoreOptions options;
        try {
            options = parse(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(BAD_USAGE);
            return;
        }
        EmbeddedFirestore firestore;
        try {
            firestore = EmbeddedFirestore.start(options);
        } catch (IOException e) {
            System.err.println("The embedded Firestore stand-in could not listen on " + options.host() + ":"
                    + options.port() + ": " + (e.getCause() == null ? e : e.getCause()).getMessage());
            System.exit(COULD_NOT_RUN);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(firestore::close, "embedded-firestore-end"));
        System.out.println("The embedded Firestore stand-in is ready at " + firestore.address());
        firestore.awaitEnd();
    }

    static EmbeddedFirestoreOptions parse(List<String> arguments) {
        EmbeddedFirestoreOptions options = EmbeddedFirestoreOptions.defaults().withPort(DEFAULT_PORT);
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            options = switch (parts[0]) {
                case "--host" -> options.withHost(value);
                case "--port" -> options.withPort((int) number(argument, value));
                case "--memory" -> options.withMemoryLimit(number(argument, value) << 20);
                default -> throw new IllegalArgumentException("\"" + argument + "\" is no option.");
            };
        }
        return options;
    }

    private static long number(String argument, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + argument + "\" needs a whole number.", e);
        }
    }
}
