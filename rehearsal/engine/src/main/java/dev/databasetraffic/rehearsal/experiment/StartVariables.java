package dev.databasetraffic.rehearsal.experiment;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a service that is started here can be told of its surroundings, as {@code ${name}} in the text that says so. */
public final class StartVariables {

    /** Where the service reaches its database: through the mesh. */
    public static final String DATABASE_ADDRESS = "database.address";

    public static final String DATABASE_HOST = "database.host";
    public static final String DATABASE_PORT = "database.port";

    /** The name that the database's certificate carries, where TLS ends here. */
    public static final String DATABASE_SERVER_NAME = "database.serverName";

    public static final String DATABASE_NAME = "database.name";
    public static final String DATABASE_USER = "database.user";
    public static final String DATABASE_PASSWORD = "database.password";

    /** A PKCS #12 file and a PEM file of the authority that issued that certificate. */
    public static final String TRUST_STORE = "trust.store";

    public static final String TRUST_PASSWORD = "trust.password";
    public static final String TRUST_PEM = "trust.pem";

    /** A hosts file with the database's name, for a JVM's {@code jdk.net.hosts.file}. */
    public static final String HOSTS_FILE = "hosts.file";

    /** A file of Google's application default credentials, whose tokens come from an endpoint of this run. */
    public static final String GOOGLE_CREDENTIALS = "google.credentials";

    /** The port at which the service is asked. */
    public static final String SERVICE_PORT = "service.port";

    /** The Java that runs the rehearsal. */
    public static final String JAVA = "java";

    /** The folder of this run's files. */
    public static final String FOLDER = "folder";

    /** Followed by a name: a free port of the loopback address, the same wherever the name is used. */
    public static final String PORT_PREFIX = "port.";

    /** Followed by a name: a variable of the rehearsal's own environment, so that a secret need not be in the file. */
    public static final String ENVIRONMENT_PREFIX = "env.";

    private static final Set<String> NAMES = Set.of(
            DATABASE_ADDRESS,
            DATABASE_HOST,
            DATABASE_PORT,
            DATABASE_SERVER_NAME,
            DATABASE_NAME,
            DATABASE_USER,
            DATABASE_PASSWORD,
            TRUST_STORE,
            TRUST_PASSWORD,
            TRUST_PEM,
            HOSTS_FILE,
            GOOGLE_CREDENTIALS,
            SERVICE_PORT,
            JAVA,
            FOLDER);

    private StartVariables() {}

    /** Those of a text that nothing is known of, as they stand there. */
    static List<String> unknownIn(String text) {
        return Template.variables(text).stream()
                .filter(name -> !NAMES.contains(name) && !name.matches("port\\.[\\w-]+|env\\.\\w+"))
                .map(name -> name.startsWith("${") ? name : "${" + name + "}")
                .toList();
    }

    /** How each is written. */
    static List<String> all() {
        return Stream.concat(NAMES.stream().sorted(), Stream.of(PORT_PREFIX + "NAME", ENVIRONMENT_PREFIX + "NAME"))
                .map(name -> "${" + name + "}")
                .toList();
    }
}
