package dev.databasetraffic.embedded;

import java.util.Comparator;

/** {@code projects/PROJECT/databases/DATABASE}. */
record DatabaseName(String project, String database) implements Comparable<DatabaseName> {

    private static final Comparator<DatabaseName> ORDER = Comparator.comparing(DatabaseName::project, Ids.BY_CODE_POINT)
            .thenComparing(DatabaseName::database, Ids.BY_CODE_POINT);

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is none */
    static DatabaseName parse(String name) {
        NameParser parser = new NameParser("Database", name);
        DatabaseName database = parser.database();
        parser.end();
        return database;
    }

    @Override
    public int compareTo(DatabaseName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "projects/" + project + "/databases/" + database;
    }
}
