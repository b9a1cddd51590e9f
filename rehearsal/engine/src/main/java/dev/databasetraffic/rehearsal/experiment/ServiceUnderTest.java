package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The service whose database is taken away, and how each place has it: started as a program, running already, or
 * deployed. At least one of these is given.
 */
public record ServiceUnderTest(
        @JsonPropertyDescription("what reports and logs call it: letters, digits, - and ., e.g. shop")
        String name,

        @JsonPropertyDescription(
                "how it is started on this machine, e.g. {command: [java, -jar, shop.jar], ready: /actuator/health}")
        @Nullable
        Start start,

        @JsonPropertyDescription("where it runs already, e.g. http://127.0.0.1:8080") @Nullable
        URI url,

        @JsonPropertyDescription("the Service that it is in a cluster, e.g. {namespace: shop, service: shop, port: 80}")
        @Nullable
        Deployed kubernetes,

        @JsonPropertyDescription("where docker-compose.yml has it, e.g. {url: http://127.0.0.1:8080}") @Nullable
        Composed compose) {

    public ServiceUnderTest {
        InvalidMember.when(!name.matches("[\\p{Alnum}.-]{1,63}"), "name");
        InvalidMember.when(url != null && !isHttp(url), "url");
        InvalidMember.when(start != null && url != null, "url");
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null
                && url.getPort() <= InvalidMember.HIGHEST_PORT
                && url.getPort() != 0
                && List.of("http", "https").contains(Objects.requireNonNullElse(url.getScheme(), ""));
    }

    /**
     * A program of this machine. {@link StartVariables} are filled into its words, environment and files.
     *
     * @param folder where it runs, relative to the experiment's file
     */
    public record Start(
            @JsonPropertyDescription("a program and its arguments, e.g. [java, -jar, target/shop.jar]")
            List<String> command,

            @JsonPropertyDescription(
                    "variables of its environment, one that is null is taken away, e.g. {DATABASE_URL: \"postgres://${database.address}/shop\"}")
            @Nullable
            Map<String, @Nullable String> environment,

            @JsonPropertyDescription(
                    "files that are written before, as names in ${folder} and texts, e.g. {shop.conf: \"db=${database.address}\"}")
            @Nullable
            Map<String, String> files,

            @JsonPropertyDescription("the folder in which it runs, relative to this file, e.g. ../shop") @Nullable
            String folder,

            @JsonPropertyDescription(
                    "what answers with status 200 when it is ready, a path or a URL, e.g. /actuator/health")
            String ready,

            @JsonPropertyDescription("how long it may take until it is ready, from 1s to 24h, e.g. 2m") @Nullable
            Duration within) {

        private static final Duration PATIENCE = Duration.ofMinutes(2);

        public Start {
            InvalidMember.when(command.isEmpty() || command.get(0).isBlank(), "command");
            command = List.copyOf(command);
            command.forEach(word -> InvalidMember.unknownVariables(word, "command"));
            if (environment != null) {
                environment.forEach((name, value) ->
                        InvalidMember.unknownVariables(value == null ? "" : value, "environment", name));
            }
            if (files != null) {
                files.forEach((name, text) -> InvalidMember.unknownVariables(text, "files", name));
            }
            InvalidMember.when(files != null && !files.keySet().stream().allMatch(Start::isFileName), "files");
            InvalidMember.when(!ready.matches("(/|https?://).*"), "ready");
            InvalidMember.unknownVariables(ready, "ready");
            InvalidMember.when(!isUri(ready), "ready");
            InvalidMember.outside("within", within, Duration.ofSeconds(1));
        }

        /** Whether it is one once its variables have values; those of ports have numbers. */
        private static boolean isUri(String ready) {
            try {
                URI.create(Template.fill(ready, name -> "1"));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isFileName(String name) {
            return name.matches("[\\w][\\w.-]{0,99}");
        }

        public Map<String, @Nullable String> environmentOrEmpty() {
            return environment == null ? Map.of() : environment;
        }

        public Map<String, String> filesOrEmpty() {
            return files == null ? Map.of() : files;
        }

        public Duration withinOrDefault() {
            return within == null ? PATIENCE : within;
        }
    }

    /** A Service of a cluster. */
    public record Deployed(
            @JsonPropertyDescription("the namespace of the service, e.g. shop")
            String namespace,

            @JsonPropertyDescription("the name of the Service, e.g. shop")
            String service,

            @JsonPropertyDescription("a port of the Service from 1 to 65535, e.g. 80")
            int port) {

        public Deployed {
            InvalidMember.blank("namespace", namespace);
            InvalidMember.blank("service", service);
            InvalidMember.port("port", port);
        }
    }

    /** A service of {@code docker-compose.yml}, by its name there, and its database. */
    public record Composed(
            @JsonPropertyDescription("where it answers on this machine, e.g. http://127.0.0.1:8080")
            URI url,

            @JsonPropertyDescription("what the database is, for the report, e.g. PostgreSQL 17")
            String description,

            @JsonPropertyDescription("where the database answers on this machine, past the mesh, e.g. 127.0.0.1:5432")
            String database,

            @JsonPropertyDescription("the name of the database, e.g. shop") @Nullable
            String databaseName) {

        public Composed {
            InvalidMember.when(!isHttp(url), "url");
            InvalidMember.address("database", database);
        }

        /** How the database is asked past the mesh. */
        public Source source() {
            return Source.of(Address.parse(database), databaseName == null ? null : new Login("", "", databaseName));
        }
    }
}
