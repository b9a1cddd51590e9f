package dev.databasetraffic.plants;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Settings.class)
            .withPropertyValues("plants.firestore.project=garden");

    @Test
    void theProjectIsAllThatMustBeSet() {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            plants.firestore.project=,                      give the id of the Google Cloud project
            plants.firestore.endpoint=firestore,            firestore
            plants.firestore.endpoint=firestore:70000,      70000
            plants.firestore.credentials=none,              none
            plants.firestore.deadline=-2s,                  must be longer than or equal to 100 millis
            plants.firestore.deadline=2m,                   must be shorter than or equal to 1 minute
            plants.firestore.client=brave,                  brave
            plants.firestore.token-timeout=0s,              must be longer than or equal to
            plants.firestore.writes.queue-capacity=0,       must be greater than or equal to 1
            plants.firestore.writes.group-size=501,         must be less than or equal to 500
            plants.firestore.writes.group-bytes=11MB,       must be from 1B to 10MB
            plants.firestore.writes.call-spacing=1m,        must be shorter than or equal to 100 millis
            plants.firestore.writes.max-calls-in-flight=1,  less than calls-in-flight
            plants.firestore.warm-up.rounds=0,              must be greater than or equal to 1
            plants.firestore.deadlin=2s,                    plants.firestore.deadlin
            plants.http.retry-after=10ms,                   must be longer than or equal to 1 second
            plants.http.max-body-size=0B,                   must be 1B at least
            plants.http.body-timeout=0s,                    must be longer than or equal to
            plants.firestore.warm-up.load=-1s,              must be longer than or equal to
            plants.http.max-requests=0,                     must be greater than or equal to 1
            plants.http.max-burst=1ms,                      must be longer than or equal to
            plants.http.max-wait=0s,                        must be longer than or equal to
            plants.writer.interval=0s,                      must be longer than or equal to
            plants.writer.intervall=1s,                     plants.writer.intervall
            """)
    void aSettingThatIsUnknownOrOutOfItsRangeKeepsTheServiceFromStarting(String setting, String reason) {
        application
                .withPropertyValues(setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
    }

    @Test
    void theReadmeNamesEverySettingWithItsDefault() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        JsonNode metadata = JsonMapper.shared()
                .readTree(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"));
        List<JsonNode> settings = metadata.get("properties").valueStream().toList();
        assertThat(settings).hasSizeGreaterThan(15).allSatisfy(setting -> {
            String standard = setting.has("defaultValue")
                    ? "`" + setting.get("defaultValue").asString() + "`"
                    : "none";
            assertThat(readme).contains("| `" + setting.get("name").asString() + "` | " + standard + " |");
            assertThat(setting.has("description")).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan
    static class Settings {}
}
