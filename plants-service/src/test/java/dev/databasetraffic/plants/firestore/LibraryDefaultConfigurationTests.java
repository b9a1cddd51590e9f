package dev.databasetraffic.plants.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.mock.env.MockEnvironment;

class LibraryDefaultConfigurationTests {

    /** As the settings themselves take it, and as one writes it in an environment. */
    @ParameterizedTest
    @CsvSource({
        "default, true",
        "DEFAULT, true",
        "default-guarded, true",
        "DEFAULT_GUARDED, true",
        "defaultGuarded, true",
        "guarded, false",
        "deadline, false",
        "brave, false",
    })
    void theLibrarysOwnClientIsMeantHoweverItIsSpelled(String client, boolean isDefault) {
        ConditionContext context = mock();
        when(context.getEnvironment())
                .thenReturn(new MockEnvironment().withProperty("plants.firestore.client", client));

        assertThat(new LibraryDefaultConfiguration.IsDefault().matches(context, mock()))
                .isEqualTo(isDefault);
    }
}
