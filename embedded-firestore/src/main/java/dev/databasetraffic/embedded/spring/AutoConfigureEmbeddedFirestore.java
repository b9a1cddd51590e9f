package dev.databasetraffic.embedded.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class: its application context talks to an embedded stand-in for Firestore, which is empty before each test.
 *
 * <p>The context gets a primary bean of type {@code com.google.cloud.firestore.Firestore}, so that a
 * {@code @ConditionalOnMissingBean} one is not made; and the properties {@code embedded.firestore.address},
 * {@code .host}, {@code .port} and {@code .project-id}, for applications that make their own client.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AutoConfigureEmbeddedFirestore {

    /** The project that is used, and emptied before each test. */
    String projectId() default "embedded";
}
