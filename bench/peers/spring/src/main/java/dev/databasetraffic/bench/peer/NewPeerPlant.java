package dev.databasetraffic.bench.peer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

record NewPeerPlant(
        // The pattern counts code points, which @Size does not.
        @NotNull @Pattern(regexp = "\\P{Cc}{1,100}") String name,
        @Nullable @Min(0) @Max(1_000_000) Integer quantity) {

    int quantityOrOne() {
        return quantity == null ? 1 : quantity;
    }
}
