package dev.databasetraffic.databases.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandReadBackTests {

    private static final Login LOGIN = Login.generate("anna", "shop");
    private static final Source SOURCE = Source.of(new Address("db.example.com", 5432), LOGIN);

    @Test
    void itsLinesAreCounts() throws Exception {
        assertThat(sh("printf '%s1\\t1\\n%s2 and more\\t2\\n\\n' \"$0\" \"$0\"").count(SOURCE, "run-"))
                .isEqualTo(Map.of("run-1", 1, "run-2 and more", 2));
    }

    @Test
    void itIsToldWhereToAsk() throws Exception {
        assertThat(sh("echo \"$0$DATABASE_USER@$DATABASE_HOST:$DATABASE_PORT/$DATABASE_NAME:$DATABASE_PASSWORD\t1\"")
                        .count(SOURCE, "run-"))
                .containsOnlyKeys("run-anna@db.example.com:5432/shop:" + LOGIN.password());
    }

    @Test
    void anExitThatIsNotZeroIsAnErrorWithItsLastWords() {
        assertRefused("echo \"$0\t1\"; echo first >&2; echo no such table >&2; exit 3", "status 3: no such table");
        assertRefused("exit 1", "it told nothing");
    }

    @Test
    void aLineThatIsNoCountIsAnError() {
        assertRefused("echo \"$0\t1\"; echo 'total 1'", "line 2: \"total 1\"");
        assertRefused("echo \"$0\tmany\"", "\"many\" as the count");
        assertRefused("echo \"other\t1\"", "the key \"other\"");
    }

    @Test
    void oneThatHangsIsEndedInTime() {
        long begin = System.nanoTime();

        assertThatThrownBy(() -> sh("sleep 300").count(SOURCE.within(Duration.ofSeconds(1)), "run-"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("took longer than 1 s");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> new CommandReadBack(List.of("no-such-program")).count(SOURCE, "run-"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("no-such-program");
        assertThatThrownBy(() -> new CommandReadBack(List.of()).check()).isInstanceOf(DatabaseException.class);
    }

    private static void assertRefused(String script, String reason) {
        assertThatThrownBy(() -> sh(script).count(SOURCE, "run-"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(reason);
    }

    /** The prefix becomes {@code $0}. */
    private static CommandReadBack sh(String script) {
        return new CommandReadBack(List.of("sh", "-c", script));
    }
}
