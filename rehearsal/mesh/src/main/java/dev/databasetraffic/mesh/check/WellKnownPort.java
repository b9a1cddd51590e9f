package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import java.util.Arrays;
import java.util.Optional;

/** Ports whose protocol everybody knows, as far as it is neither HTTP nor begins with TLS (IANA's registry of ports). */
enum WellKnownPort {
    SMTP(25, "SMTP", true, true),
    POP3(110, "POP3", true, true),
    IMAP(143, "IMAP", true, true),
    LDAP(389, "LDAP", false, true),
    SUBMISSION(587, "SMTP", true, true),
    SQL_SERVER(1433, "SQL Server", false, true),
    ORACLE(1521, "Oracle", false, false),
    MYSQL(3306, "MySQL", true, true),
    POSTGRESQL(5432, "PostgreSQL", false, true),
    REDIS(6379, "Redis", false, false),
    CASSANDRA(9042, "Cassandra", false, false),
    MONGODB(27017, "MongoDB", false, false);

    private final int number;
    private final String title;
    private final boolean serverFirst;
    private final boolean lateTls;

    /**
     * @param serverFirst whether the client waits for the server's greeting before it says anything
     * @param lateTls whether TLS is asked for in the protocol's own words, and begins after the answer
     */
    WellKnownPort(int number, String title, boolean serverFirst, boolean lateTls) {
        this.number = number;
        this.title = title;
        this.serverFirst = serverFirst;
        this.lateTls = lateTls;
    }

    static Optional<WellKnownPort> of(Port port) {
        return Arrays.stream(values())
                .filter(known -> known.number == port.number())
                .findFirst();
    }

    String title() {
        return title;
    }

    boolean isServerFirst() {
        return serverFirst;
    }

    boolean hasLateTls() {
        return lateTls;
    }
}
