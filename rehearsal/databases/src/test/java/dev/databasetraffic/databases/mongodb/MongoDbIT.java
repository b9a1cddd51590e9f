package dev.databasetraffic.databases.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.WriteConcern;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.ServerStory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MongoDbIT {

    private static final MongoDbReadBack ORDERS = new MongoDbReadBack("orders", "reference", null);

    private static final ServerStory STORY = new ServerStory(
            ORDERS, database -> {}, (database, key) -> insert(database, new Document("reference", key)));

    @TempDir
    Path folder;

    @Test
    void aServerOfThisMachine() throws Exception {
        ServerStory.assumeHere(new MongoDbRecipe());

        STORY.tell(new MongoDbRecipe(), options(), "MongoDB \\d+\\.\\d+\\.\\d+, from this machine");
    }

    @Test
    void aContainerWhereTheExperimentAsksForAnImage() throws Exception {
        String image =
                new MongoDbRecipe().container(Login.generate("user", "shop")).image();
        ServerStory.assumeImage(image);

        STORY.tell(new MongoDbRecipe(), options().withImage(image), "MongoDB .*, in a container of " + image);
    }

    @Test
    void nestedFieldsAreCountedAndWhatIsNoTextIsLeftOut() throws Exception {
        ServerStory.assumeHere(new MongoDbRecipe());
        try (Database database = new MongoDb().start(options())) {
            insert(database, new Document("order", new Document("reference", "run-1")));
            insert(database, new Document("order", new Document("reference", 1)));
            insert(database, new Document("other", "run-1"));

            assertThat(new MongoDbReadBack("orders", "order.reference", "shop").count(database.source(), "run-"))
                    .isEqualTo(Map.of("run-1", 1));
            assertThatThrownBy(() -> ORDERS.count(Source.of(database.address(), null), "run-"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("must name MongoDB's database");
        }
    }

    private StartOptions options() {
        return StartOptions.in(folder).withName("shop");
    }

    /** Journalled before it is acknowledged: MongoDB's default may lose the last 100 ms in a crash. */
    private static void insert(Database database, Document document) throws DatabaseException {
        MongoAccess.use(
                database.source().within(Duration.ofSeconds(3)),
                client -> client.getDatabase("shop")
                        .getCollection("orders")
                        .withWriteConcern(WriteConcern.JOURNALED)
                        .insertOne(document));
    }
}
