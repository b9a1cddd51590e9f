package dev.databasetraffic.bench.peer;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.FirestoreOptions.EmulatorCredentials;
import com.google.cloud.firestore.v1.FirestoreSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@EnableConfigurationProperties(PeerProperties.class)
public class PeerApplication {

    public static void main(String[] args) {
        SpringApplication.run(PeerApplication.class, args);
    }

    @Bean
    Firestore firestore(PeerProperties properties) {
        return FirestoreOptions.newBuilder()
                .setProjectId(properties.project())
                .setCredentials(new EmulatorCredentials())
                .setChannelProvider(FirestoreSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(properties.endpoint())
                        .setChannelConfigurator(channel -> channel.overrideAuthority(properties.authority()))
                        .build())
                .build()
                .getService();
    }
}
