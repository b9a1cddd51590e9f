package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.kit.Child;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTests {

    private static final Login LOGIN = new Login("orders", "s3cr3t-password", "orders");

    @Test
    void aServiceThatEndsWhileItStartsIsQuotedWithoutWhatItWasTold() throws Exception {
        StartValues values =
                new StartValues(Ports.free(0)).withDatabase(Address.loopback(5432), "db.example.com", LOGIN);
        String path = values.fill("${env.PATH}");
        values.secrets().addVariable("SHOP_TOKEN", "t0ken-of-shop");
        Child child = new EndedChild("cannot log in with s3cr3t-password and t0ken-of-shop, found on " + path);

        assertThatThrownBy(() -> new StartingProcess("shop", child, values.secrets()::hide)
                        .awaitReady(URI.create("http://127.0.0.1:1/"), Duration.ofSeconds(5), "", trouble -> {}))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("shop ended while it started, with exit code 1")
                .hasMessageEndingWith(
                        "cannot log in with ${database.password} and ${SHOP_TOKEN}, found on ${env.PATH}");
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_PASSWORD, true",
        "POSTGRES_PASS, true",
        "MYSQL_PWD, true",
        "spring.datasource.password, true",
        "GITHUB_TOKEN, true",
        "CLIENT_SECRET_FILE, true",
        "AWS_ACCESS_KEY, true",
        "DATABASE_ADDRESS, false",
        "PASSENGERS, false",
        "KEYBOARD, false",
        "PWD_FORMAT, false"
    })
    void aVariableIsSecretIfItsNameSaysSo(String variable, boolean secret) {
        Secrets secrets = new Secrets();
        secrets.addVariable(variable, "value-of-it");

        assertThat(secrets.hide("it is value-of-it"))
                .isEqualTo(secret ? "it is ${" + variable + "}" : "it is value-of-it");
    }

    @Test
    void aSecretWithinAnotherDoesNotShowTheRestOfIt() {
        Secrets secrets = new Secrets();
        secrets.add("hunter", "short");
        secrets.add("hunter2-and-more", "long");

        assertThat(secrets.hide("hunter2-and-more, hunter")).isEqualTo("${long}, ${short}");
    }

    @Test
    void whatIsTooShortToBeASecretIsLeftInTheLog() {
        Secrets secrets = new Secrets();
        secrets.add("", "empty");
        secrets.add("1", "one");

        assertThat(secrets.hide("port 15001")).isEqualTo("port 15001");
    }

    /** A process that ended at once, with a log. */
    private record EndedChild(String text) implements Child {

        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return CompletableFuture.completedFuture(1);
        }

        @Override
        public void onUnexpectedEnd(IntConsumer listener) {}

        @Override
        public Path log() {
            return Path.of("shop.log");
        }

        @Override
        public String lastLines(int count) {
            return text;
        }
    }
}
