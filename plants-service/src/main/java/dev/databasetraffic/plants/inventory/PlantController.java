package dev.databasetraffic.plants.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP interface. No thread waits for the database: 500 callers in a silent hole cost 500 small objects. */
@RestController
@Tag(name = "plants")
@RequestMapping(path = "/plants", produces = MediaType.APPLICATION_JSON_VALUE)
class PlantController {

    private static final String KEY = "^[\\x21-\\x7e]{1,255}$";

    private final Plants plants;

    PlantController(Plants plants) {
        this.plants = plants;
    }

    @Operation(
            operationId = "addPlant",
            summary = "Add a plant",
            description = "With an Idempotency-Key, the same request adds one plant however often it is sent.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    CompletableFuture<Plant> add(
            @RequestBody @Valid NewPlant plant,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = KEY, message = "must be 1 to 255 visible ASCII characters")
                    @Parameter(description = "The caller's own name for this request")
                    @Nullable
                    String idempotencyKey,
            @RequestAttribute(Arrival.ATTRIBUTE) Arrival arrival,
            HttpServletResponse response) {
        return plants.add(plant, idempotencyKey, arrival).thenApply(added -> {
            response.setHeader(HttpHeaders.LOCATION, "/plants/" + added.id());
            return added;
        });
    }

    @Operation(operationId = "getPlant", summary = "Get a plant")
    @GetMapping("/{id}")
    CompletableFuture<Plant> find(
            @PathVariable @Parameter(schema = @Schema(pattern = Plant.ID_PATTERN)) String id,
            @RequestAttribute(Arrival.ATTRIBUTE) Arrival arrival) {
        return plants.find(known(id), arrival);
    }

    @Operation(operationId = "listPlants", summary = "List plants in the order of their ids")
    @GetMapping
    CompletableFuture<PlantPage> list(
            @RequestParam(defaultValue = "20")
                    @Min(value = 1, message = "must be 1 at least")
                    @Max(value = 100, message = "must be 100 at most")
                    @Parameter(description = "Most plants to return", allowEmptyValue = true)
                    int pageSize,
            @RequestParam(required = false)
                    @Parameter(
                            description = "The nextPageToken of the page before",
                            schema = @Schema(pattern = PageToken.PATTERN))
                    @Nullable
                    String pageToken,
            @RequestAttribute(Arrival.ATTRIBUTE) Arrival arrival) {
        return plants.list(pageSize, pageToken == null ? null : PageToken.idOf(pageToken), arrival);
    }

    @Operation(
            operationId = "deletePlant",
            summary = "Delete a plant",
            description = "Deleting what was deleted before succeeds, so a deletion can simply be repeated.")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletableFuture<Void> delete(
            @PathVariable @Parameter(schema = @Schema(pattern = Plant.ID_PATTERN)) String id,
            @RequestAttribute(Arrival.ATTRIBUTE) Arrival arrival) {
        return plants.delete(known(id), arrival);
    }

    /** What cannot be an id is the id of nothing; it does not get as far as the database. */
    private static String known(String id) {
        if (!Plant.isId(id)) {
            throw new PlantsException(Problem.PLANT_NOT_FOUND, "no id of ours");
        }
        return id;
    }
}
