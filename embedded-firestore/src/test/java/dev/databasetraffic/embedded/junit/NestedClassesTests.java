package dev.databasetraffic.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.Firestore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nested classes, because the first to end must not take the client away from the other. */
class NestedClassesTests {

    @RegisterExtension
    static final EmbeddedFirestoreExtension firestore = new EmbeddedFirestoreExtension();

    private static Firestore client;

    @BeforeAll
    static void client() {
        client = firestore.firestore();
    }

    private static void assertAnswers() throws Exception {
        assertThat(firestore.firestore()).isSameAs(client);
        assertThat(client.collection("plants").get().get()).isEmpty();
    }

    @Nested
    class One {

        @Test
        void theClientIsThatOfTheWholeClass() throws Exception {
            assertAnswers();
        }
    }

    @Nested
    class Other {

        @Test
        void theClientIsThatOfTheWholeClass() throws Exception {
            assertAnswers();
        }
    }
}
