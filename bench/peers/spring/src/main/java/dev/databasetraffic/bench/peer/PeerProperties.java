package dev.databasetraffic.bench.peer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the database is; the names are those of plants-service, so that one command line starts either. */
@ConfigurationProperties("plants.firestore")
record PeerProperties(
        @DefaultValue("firestore.googleapis.com:443") String endpoint,
        @DefaultValue("firestore.googleapis.com") String authority,
        @DefaultValue("demo-plants") String project) {}
