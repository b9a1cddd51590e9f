package dev.databasetraffic.plants;

import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PlantsApplication {

    /**
     * For how long a JVM may remember that a name was unknown. Its default of 10 s would be added to every outage of DNS,
     * however often the channel asks.
     */
    private static final String NEGATIVE_DNS_TTL_SECONDS = "1";

    public static void main(String[] args) {
        // Read once, when the first name is looked up: too early for a setting of Spring's.
        Security.setProperty("networkaddress.cache.negative.ttl", NEGATIVE_DNS_TTL_SECONDS);
        SpringApplication.run(PlantsApplication.class, args);
    }
}
