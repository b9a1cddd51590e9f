package dev.databasetraffic.embedded.spring;

import dev.databasetraffic.embedded.EmbeddedFirestore;
import dev.databasetraffic.embedded.EmbeddedFirestoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One server for all contexts, which Spring keeps until the JVM ends. */
final class SharedServer {

    private static final class Holder {

        static final EmbeddedFirestore SERVER = start();

        private static EmbeddedFirestore start() {
            try {
                return EmbeddedFirestore.start(EmbeddedFirestoreOptions.defaults());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private SharedServer() {}

    static EmbeddedFirestore get() {
        return Holder.SERVER;
    }
}
