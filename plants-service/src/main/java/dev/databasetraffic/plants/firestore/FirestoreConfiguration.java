package dev.databasetraffic.plants.firestore;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.databasetraffic.plants.inventory.Plants;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What every kind of client shares. */
@Configuration(proxyBeanMethods = false)
class FirestoreConfiguration {

    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/datastore");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Credentials firestoreCredentials(FirestoreProperties properties) throws IOException {
        return switch (properties.credentials()) {
            case ADC -> applicationDefault(properties).createScoped(SCOPES);
            // As FirestoreOptions.EmulatorCredentials, which start a thread's task for every call.
            case EMULATOR -> OAuth2Credentials.create(new AccessToken("owner", null));
        };
    }

    /** But for the library's own client, tokens have a time limit, and the channel is the one layer that retries. */
    private static GoogleCredentials applicationDefault(FirestoreProperties properties) throws IOException {
        if (properties.client().isDefault()) {
            return GoogleCredentials.getApplicationDefault();
        }
        TokenTransport transport = new TokenTransport(properties.tokenTimeout());
        GoogleCredentials credentials = GoogleCredentials.getApplicationDefault(() -> transport);
        return credentials instanceof ServiceAccountCredentials account
                ? account.createWithCustomRetryStrategy(false)
                : credentials;
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService firestoreScheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "firestore-scheduler");
            thread.setDaemon(true);
            return thread;
        });
        // Most of what is scheduled is for a call that does not end, and most calls do.
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    @Bean
    WarmUp warmUp(
            WarmUp.Path path,
            WarmUp.Load load,
            FirestoreProperties properties,
            ScheduledExecutorService firestoreScheduler,
            ApplicationEventPublisher events) {
        // The library's own client, which is there to be compared with, knows no dry run.
        boolean none =
                properties.client().isDefault() || properties.warmUp().load().isZero();
        return new WarmUp(path, none ? WarmUp.Load.NONE : load, properties.warmUp(), firestoreScheduler, events);
    }

    @Bean
    @Primary
    FirestoreMetrics measuredPlants(Plants plants, MeterRegistry registry) {
        return new FirestoreMetrics(plants, registry);
    }
}
