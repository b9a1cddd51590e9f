package dev.databasetraffic.embedded.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.Firestore;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@SpringBootTest(properties = "garden.firestore=${embedded.firestore.address}")
@AutoConfigureEmbeddedFirestore
class AutoConfigureEmbeddedFirestoreTests {

    @Autowired
    private Garden garden;

    @Autowired
    private Environment environment;

    @RepeatedTest(2)
    void theApplicationTalksToTheStandIn() throws Exception {
        assertThat(garden.size()).isZero();

        garden.plant("rose");

        assertThat(garden.size()).isEqualTo(1);
    }

    @RepeatedTest(1)
    void anApplicationMayMakeItsOwnClient() {
        assertThat(environment.getProperty("garden.firestore"))
                .isEqualTo(environment.getProperty("embedded.firestore.host") + ":"
                        + environment.getProperty("embedded.firestore.port"));
    }

    record Garden(Firestore firestore) {

        void plant(String name) throws ExecutionException, InterruptedException {
            firestore.collection("plants").document(name).create(Map.of()).get();
        }

        int size() throws ExecutionException, InterruptedException {
            return firestore.collection("plants").get().get().size();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Garden garden(Firestore firestore) {
            return new Garden(firestore);
        }
    }
}
