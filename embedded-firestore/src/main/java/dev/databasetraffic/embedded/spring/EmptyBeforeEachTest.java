package dev.databasetraffic.embedded.spring;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Found through {@code META-INF/spring.factories}. */
final class EmptyBeforeEachTest implements TestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext context) {
        AutoConfigureEmbeddedFirestore annotation = TestContextAnnotationUtils.findMergedAnnotation(
                context.getTestClass(), AutoConfigureEmbeddedFirestore.class);
        if (annotation != null) {
            SharedServer.get().clear(annotation.projectId());
        }
    }
}
