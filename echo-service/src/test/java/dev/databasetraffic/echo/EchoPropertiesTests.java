package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EchoPropertiesTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Settings.class);

    @Test
    void theDefaultsHaveOneListenerPerBehaviourEachOnItsOwnPort() {
        application.run(
                context -> assertThat(context.getBean(EchoProperties.class).listeners())
                        .containsOnlyKeys("echo", "silent", "reset", "slow")
                        .containsEntry("echo", new EchoProperties.Listener(9000, Behaviour.ECHO))
                        .containsEntry("silent", new EchoProperties.Listener(9001, Behaviour.SILENT))
                        .containsEntry("reset", new EchoProperties.Listener(9002, Behaviour.RESET))
                        .containsEntry("slow", new EchoProperties.Listener(9003, Behaviour.SLOW)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    echo.listeners.echo.port=65536,         must be less than or equal to 65535
                    echo.listeners.echo.port=-1,            must be greater than or equal to 0
                    echo.listeners.echo.behaviour=explode,  explode
                    echo.listeners.new.port=1,              must not be null
                    echo.listeners[a b].port=1,             must match
                    echo.limits.connections=0,              must be greater than or equal to 1
                    echo.limits.bytes=0B,                   must be between 1 and
                    echo.limits.lifetime=-1s,               must be longer than or equal to
                    echo.limits.idle=0s,                    must be longer than or equal to
                    echo.limits.read-buffer=1MB,            must be between 1 and 65536 bytes
                    echo.limits.first-bytes=8B,             must be between 64 and 65536 bytes
                    echo.slow.drip=0B,                      must be between 1 and 65536 bytes
                    echo.slow.interval=0s,                  must be longer than or equal to
                    echo.shutdown-grace=-1s,                must be longer than or equal to
                    echo.shutdown-grace=2m,                 must be shorter than or equal to
                    """)
    void aSettingOutOfItsRangeKeepsTheServiceFromStarting(String setting, String reason) {
        application
                .withPropertyValues(setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
    }

    @Test
    void theReadmeNamesEverySettingWithItsDefault() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        JsonNode metadata = JsonMapper.shared()
                .readTree(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"));
        List<JsonNode> settings = metadata.get("properties")
                .valueStream()
                .filter(setting -> setting.get("name").asString().matches("echo\\.(?!listeners).*"))
                .toList();
        assertThat(settings).hasSizeGreaterThan(8).allSatisfy(setting -> {
            String standard = setting.has("defaultValue")
                    ? "`" + setting.get("defaultValue").asString() + "`"
                    : "none";
            assertThat(readme).contains("| `" + setting.get("name").asString() + "` | " + standard + " |");
            assertThat(setting.has("description")).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EchoProperties.class)
    static class Settings {}
}
