package dev.databasetraffic.examples.reviews;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * What makes an outage short, and honest. timeoutMS would bound an operation as a whole, but then the driver's exception no
 * longer tells whether the write was sent.
 */
@Configuration
@Profile("cured")
class ShortPatience {

    /** For a server that answers, for a place in the pool, and for a connection; the defaults are 30 s, 2 min and 10 s. */
    private static final int CONNECTION = 1000;

    /** For an answer; the default waits for ever. */
    private static final int ANSWER = 1500;

    /** How often a server is asked how it is; the default of 10 s finds it back as late. */
    private static final int HEARTBEAT = 1000;

    @Bean
    MongoClientSettingsBuilderCustomizer bounds() {
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(CONNECTION, MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(CONNECTION, MILLISECONDS))
                .applyToSocketSettings(socket ->
                        socket.connectTimeout(CONNECTION, MILLISECONDS).readTimeout(ANSWER, MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(HEARTBEAT, MILLISECONDS));
    }
}
