package dev.databasetraffic.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseKindTests {

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "redis", "mongodb"})
    void aKindIsFoundByItsName(String name) throws DatabaseException {
        assertThat(DatabaseKind.named(name).name()).isEqualTo(name);
        assertThat(DatabaseKind.named(name).readBack()).isRecord();
    }

    @Test
    void anUnknownKindIsAnErrorThatNamesTheOthers() {
        assertThatThrownBy(() -> DatabaseKind.named("oracle"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("\"oracle\"; use firestore, mariadb, mongodb, postgresql, redis");
    }
}
