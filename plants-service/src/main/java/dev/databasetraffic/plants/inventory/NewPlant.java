package dev.databasetraffic.plants.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.hibernate.validator.constraints.CodePointLength;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * A plant that a caller wants added.
 *
 * @param name 1 to 100 code points; no control characters, line separators, directional overrides or lone surrogates
 * @param quantity 0 to 1,000,000; 1 when absent
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewPlant(
        @NotNull(message = "must be given")
        @CodePointLength(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Pattern(
                regexp = NAME,
                message = "must have no control characters, line separators, directional overrides or lone surrogates")
        @Schema(minLength = 1, maxLength = 100)
        String name,

        @JsonDeserialize(using = Quantity.class)
        @Min(value = 0, message = "must be 0 at least")
        @Max(value = 1_000_000, message = "must be 1000000 at most")
        @Schema(defaultValue = "1", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        int quantity) {

    private static final String NAME =
            "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]*$";

    /** A whole number, which JSON may write as 1.0 or 1e0 too; left out, it is 1, but null is not left out. */
    static final class Quantity extends StdDeserializer<Integer> {

        private static final int DEFAULT = 1;
        private static final BigDecimal LARGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

        Quantity() {
            super(Integer.class);
        }

        @Override
        public Integer deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken().isNumeric()) {
                BigDecimal number = json.getDecimalValue();
                boolean whole = number.stripTrailingZeros().scale() <= 0;
                // Compared before it is converted: an exponent may stand for gigabytes of digits.
                if (whole && number.abs().compareTo(LARGEST) <= 0) {
                    return number.intValueExact();
                }
            }
            return context.reportInputMismatch(this, "no whole number within the limits");
        }

        @Override
        public Integer getNullValue(DeserializationContext context) {
            return context.reportInputMismatch(this, "null is no number");
        }

        @Override
        public Integer getAbsentValue(DeserializationContext context) {
            return DEFAULT;
        }
    }
}
