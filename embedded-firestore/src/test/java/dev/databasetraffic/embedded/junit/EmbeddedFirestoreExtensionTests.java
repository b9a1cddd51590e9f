package dev.databasetraffic.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.CollectionReference;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedFirestoreExtensionTests {

    @RegisterExtension
    static final EmbeddedFirestoreExtension firestore = new EmbeddedFirestoreExtension();

    @RepeatedTest(2)
    void everyTestBeginsWithNothing() throws Exception {
        CollectionReference plants = firestore.firestore().collection("plants");
        assertThat(plants.get().get()).isEmpty();

        plants.document("rose").set(Map.of("height", 80)).get();

        assertThat(plants.document("rose").get().get().getLong("height")).isEqualTo(80);
    }
}
