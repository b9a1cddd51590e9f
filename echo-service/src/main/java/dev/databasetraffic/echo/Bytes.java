package dev.databasetraffic.echo;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The range of a {@link DataSize}, both ends included, in bytes; Bean Validation has none for it. */
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Bytes.Validator.class)
@interface Bytes {

    long min() default 1;

    long max() default Long.MAX_VALUE;

    String message() default "must be between {min} and {max} bytes";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Holds a size to the range; an absent one is the business of {@code @NotNull}. */
    final class Validator implements ConstraintValidator<Bytes, DataSize> {

        private long min;
        private long max;

        @Override
        public void initialize(Bytes range) {
            min = range.min();
            max = range.max();
        }

        @Override
        public boolean isValid(@Nullable DataSize size, ConstraintValidatorContext context) {
            return size == null || (size.toBytes() >= min && size.toBytes() <= max);
        }
    }
}
