package dev.databasetraffic.plants.firestore;

import com.google.auth.Credentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.v1.FirestoreSettings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client library as it comes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "plants.firestore.client", havingValue = "default")
class LibraryDefaultConfiguration {

    @Bean(destroyMethod = "close")
    Firestore firestoreLibrary(FirestoreProperties properties, Credentials firestoreCredentials) {
        return FirestoreOptions.newBuilder()
                .setProjectId(properties.project())
                .setDatabaseId(properties.database())
                .setCredentials(firestoreCredentials)
                .setHost(properties.endpoint().toString())
                .setChannelProvider(FirestoreSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(properties.endpoint().toString())
                        .setChannelConfigurator(channel -> channel.overrideAuthority(properties.effectiveAuthority()))
                        .build())
                .build()
                .getService();
    }

    @Bean
    LibraryDefaultPlants plants(Firestore firestoreLibrary, Clock clock) {
        return new LibraryDefaultPlants(firestoreLibrary, clock);
    }

    /** What the library knows of its channel, it keeps to itself. */
    @Bean
    HealthIndicator reachability() {
        return () -> Health.unknown().build();
    }
}
