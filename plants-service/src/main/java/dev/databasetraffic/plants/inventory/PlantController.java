package dev.databasetraffic.plants.inventory;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP interface. No thread waits for the database: 500 callers in a silent hole cost 500 small objects. */
@RestController
@RequestMapping("/plants")
class PlantController {

    private final Plants plants;

    PlantController(Plants plants) {
        this.plants = plants;
    }

    @PostMapping
    CompletableFuture<ResponseEntity<Plant>> add(
            @RequestBody NewPlant plant,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        return plants.add(plant, idempotencyKey)
                .thenApply(added -> ResponseEntity.created(URI.create("/plants/" + added.id()))
                        .body(added));
    }

    @GetMapping("/{id}")
    CompletableFuture<Plant> find(@PathVariable String id) {
        return plants.find(id);
    }

    @GetMapping
    CompletableFuture<PlantPage> list(
            @RequestParam(defaultValue = "20") int pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return plants.list(pageSize, pageToken);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletableFuture<Void> delete(@PathVariable String id) {
        return plants.delete(id);
    }
}
