package dev.databasetraffic.plants.firestore;

import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.v1.FirestoreSettings;
import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.gax.GuardedTransport;
import dev.databasetraffic.plants.firestore.FirestoreProperties.ClientKind;
import dev.databasetraffic.plants.inventory.KnownAbsence;
import java.time.Clock;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The client library as it comes, and with the guard of its channel dropped in. */
@Configuration(proxyBeanMethods = false)
@Conditional(LibraryDefaultConfiguration.IsDefault.class)
class LibraryDefaultConfiguration {

    @Bean(destroyMethod = "close")
    Firestore firestoreLibrary(
            FirestoreProperties properties, Credentials firestoreCredentials, ChannelGuard channelGuard) {
        InstantiatingGrpcChannelProvider channels = FirestoreSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(properties.endpoint().toString())
                .setChannelConfigurator(channel -> channel.overrideAuthority(properties.effectiveAuthority()))
                .build();
        return FirestoreOptions.newBuilder()
                .setProjectId(properties.project())
                .setDatabaseId(properties.database())
                .setCredentials(firestoreCredentials)
                .setHost(properties.endpoint().toString())
                .setChannelProvider(
                        properties.client() == ClientKind.DEFAULT_GUARDED
                                ? GuardedTransport.guard(channels, channelGuard)
                                : channels)
                .build()
                .getService();
    }

    @Bean
    LibraryDefaultPlants plants(Firestore firestoreLibrary, Clock clock) {
        return new LibraryDefaultPlants(firestoreLibrary, clock);
    }

    /** The library tells of none. */
    @Bean
    KnownAbsence knownAbsence() {
        return () -> false;
    }

    /** However it is spelled, as for {@link FirestoreProperties}, which refuse what is none. */
    static final class IsDefault implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            try {
                return Binder.get(context.getEnvironment())
                        .bind("plants.firestore.client", ClientKind.class)
                        .map(ClientKind::isDefault)
                        .orElse(false);
            } catch (BindException e) {
                return false;
            }
        }
    }
}
