package dev.databasetraffic.databases.mariadb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.ServerStory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MariaDbIT {

    private static final ServerStory STORY = new ServerStory(
            new MariaDbReadBack("select reference, count(*) from orders where reference like :prefix group by 1"),
            MariaDbIT::createTable,
            MariaDbIT::insert);

    @TempDir
    Path folder;

    @Test
    void aServerOfThisMachine() throws Exception {
        ServerStory.assumeHere(new MariaDbRecipe());

        STORY.tell(new MariaDbRecipe(), options(), "MariaDB \\d+\\.\\d+\\.\\d+, from this machine");
    }

    @Test
    void aContainerWhereTheExperimentAsksForAnImage() throws Exception {
        String image =
                new MariaDbRecipe().container(Login.generate("user", "shop")).image();
        ServerStory.assumeImage(image);

        STORY.tell(new MariaDbRecipe(), options().withImage(image), "MariaDB .*, in a container of " + image);
    }

    @Test
    void aQueryThatWritesIsRefused() throws Exception {
        ServerStory.assumeHere(new MariaDbRecipe());
        try (Database database = new MariaDb().start(options())) {
            createTable(database);

            assertThatThrownBy(() -> new MariaDbReadBack(
                                    "delete from orders where reference like :prefix returning reference, 1")
                            .count(database.source(), ""))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("READ ONLY");
        }
    }

    private StartOptions options() {
        return StartOptions.in(folder).withName("the shop");
    }

    private static void createTable(Database database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (reference varchar(100))");
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
                "jdbc:mariadb://" + database.address() + "/the shop",
                database.login().user(),
                database.login().password());
    }
}
