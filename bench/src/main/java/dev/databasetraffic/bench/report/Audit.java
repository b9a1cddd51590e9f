package dev.databasetraffic.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether one round's acknowledged writes were stored, once.
 *
 * @param acknowledged in all, the warm-up included
 * @param difference what was wrong, null if nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Audit(
        String subject,
        int round,
        long acknowledged,
        @Nullable String difference) {}
