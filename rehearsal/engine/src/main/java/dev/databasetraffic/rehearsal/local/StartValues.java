package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.StartVariables;
import dev.databasetraffic.rehearsal.experiment.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service's {@link StartVariables} are in one run. */
final class StartValues {

    private static final String UNKNOWN = "";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Secrets secrets = new Secrets();
    private final Ports ports;

    StartValues(Ports ports) {
        this.ports = ports;
        values.put(StartVariables.SERVICE_PORT, String.valueOf(ports.service()));
        values.put(StartVariables.JAVA, ProcessHandle.current().info().command().orElse("java"));
    }

    StartValues with(String name, Object value) {
        values.put(name, String.valueOf(value));
        return this;
    }

    /**
     * How the service reaches its database.
     *
     * @param entrance to the mesh
     * @param login null for a database whose service has one of its own
     */
    StartValues withDatabase(Address entrance, String serverName, @Nullable Login login) {
        with(StartVariables.DATABASE_ADDRESS, entrance);
        with(StartVariables.DATABASE_HOST, entrance.host());
        with(StartVariables.DATABASE_PORT, entrance.port());
        with(StartVariables.DATABASE_SERVER_NAME, serverName);
        with(StartVariables.DATABASE_NAME, login == null ? UNKNOWN : login.database());
        with(StartVariables.DATABASE_USER, login == null ? UNKNOWN : login.user());
        if (login != null) {
            secrets.add(login.password(), StartVariables.DATABASE_PASSWORD);
        }
        return with(StartVariables.DATABASE_PASSWORD, login == null ? UNKNOWN : login.password());
    }

    /** What the service was told in confidence. */
    Secrets secrets() {
        return secrets;
    }

    /** @throws PlaceException if it uses a variable of the environment that is not set */
    String fill(String text) throws PlaceException {
        requireEnvironment(text);
        return Template.fill(text, this::value);
    }

    /**
     * Text that may be taken from the environment, and from nothing else.
     *
     * @throws PlaceException if a variable is not set
     */
    static String fromEnvironment(String text) throws PlaceException {
        requireEnvironment(text);
        return Template.fill(text, name -> String.valueOf(environment(name)));
    }

    private static void requireEnvironment(String text) throws PlaceException {
        for (String name : Template.variables(text)) {
            if (name.startsWith(StartVariables.ENVIRONMENT_PREFIX) && environment(name) == null) {
                throw new PlaceException("The experiment takes ${" + name + "}, but there is no variable "
                        + name.substring(StartVariables.ENVIRONMENT_PREFIX.length()) + " in this environment. Set it.");
            }
        }
    }

    private String value(String name) {
        if (name.startsWith(StartVariables.PORT_PREFIX)) {
            return values.computeIfAbsent(name, port -> String.valueOf(ports.next()));
        }
        String environment = environment(name);
        if (environment == null) {
            return values.getOrDefault(name, UNKNOWN);
        }
        secrets.add(environment, name);
        return environment;
    }

    private static @Nullable String environment(String name) {
        return name.startsWith(StartVariables.ENVIRONMENT_PREFIX)
                ? System.getenv(name.substring(StartVariables.ENVIRONMENT_PREFIX.length()))
                : null;
    }
}
