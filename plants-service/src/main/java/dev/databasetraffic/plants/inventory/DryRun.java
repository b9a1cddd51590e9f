package dev.databasetraffic.plants.inventory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Marks the requests that this process makes to itself before it is ready: they take the way of any other and are
 * answered like any other, but nothing is stored. The mark is an idempotency key that nobody else can know.
 */
@Component
public final class DryRun {

    private final String secret = "dry-run-" + UUID.randomUUID() + "-";

    /** Of the request of that number. */
    public String idempotencyKey(long number) {
        return secret + number;
    }

    public boolean includes(@Nullable String idempotencyKey) {
        return idempotencyKey != null && idempotencyKey.startsWith(secret);
    }
}
