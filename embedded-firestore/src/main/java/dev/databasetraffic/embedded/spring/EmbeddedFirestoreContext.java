package dev.databasetraffic.embedded.spring;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import dev.databasetraffic.embedded.EmbeddedFirestore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives a test's context what {@link AutoConfigureEmbeddedFirestore} promises; contexts of one project are one to Spring. */
record EmbeddedFirestoreContext(String projectId) implements ContextCustomizer {

    static final String BEAN = "embeddedFirestoreClient";

    /** Found through {@code META-INF/spring.factories}. */
    static final class Factory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            AutoConfigureEmbeddedFirestore annotation =
                    TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureEmbeddedFirestore.class);
            return annotation == null ? null : new EmbeddedFirestoreContext(annotation.projectId());
        }
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        EmbeddedFirestore server = SharedServer.get();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embedded-firestore",
                        Map.of(
                                "embedded.firestore.address", server.address(),
                                "embedded.firestore.host", server.host(),
                                "embedded.firestore.port", server.port(),
                                "embedded.firestore.project-id", projectId)));
        ((BeanDefinitionRegistry) context.getBeanFactory())
                .registerBeanDefinition(
                        BEAN,
                        BeanDefinitionBuilder.genericBeanDefinition(Firestore.class, () -> client(server))
                                .setPrimary(true)
                                .setDestroyMethodName("close")
                                .getBeanDefinition());
    }

    private Firestore client(EmbeddedFirestore server) {
        return FirestoreOptions.newBuilder()
                .setProjectId(projectId)
                .setEmulatorHost(server.address())
                .build()
                .getService();
    }
}
