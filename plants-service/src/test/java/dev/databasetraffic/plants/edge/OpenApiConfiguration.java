package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Plant;
import dev.databasetraffic.plants.inventory.PlantPage;
import dev.databasetraffic.plants.inventory.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** What the description of the interface says beyond what the controller's signatures do. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final Set<Problem> OF_ALL = EnumSet.of(
            Problem.INVALID_REQUEST,
            Problem.NOT_ACCEPTABLE,
            Problem.DATABASE_UNAVAILABLE,
            Problem.DATABASE_REFUSED,
            Problem.OVERLOADED);

    private static final Map<String, Set<Problem>> OF_OPERATION = Map.of(
            "addPlant",
            EnumSet.of(
                    Problem.REQUEST_TIMEOUT,
                    Problem.CONFLICT,
                    Problem.PLANT_DELETED,
                    Problem.BODY_TOO_LARGE,
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    Problem.KEY_REUSED,
                    Problem.OUTCOME_UNKNOWN),
            "getPlant",
            EnumSet.of(Problem.PLANT_NOT_FOUND),
            "listPlants",
            EnumSet.of(Problem.INVALID_PAGE_TOKEN),
            "deletePlant",
            EnumSet.of(Problem.PLANT_NOT_FOUND, Problem.CONFLICT, Problem.OUTCOME_UNKNOWN));

    private static final List<Class<?>> ANSWERS =
            List.of(Plant.class, PlantPage.class, ProblemBody.class, InvalidPart.class);

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .servers(List.of(new Server().url("/")))
                .info(new Info()
                        .title("Plants")
                        .version("1")
                        .description("An inventory of plants that tells the truth while its database is away.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    @Bean
    OpenApiCustomizer problems() {
        return api -> {
            ModelConverters.getInstance(true).read(ProblemBody.class).forEach(api.getComponents()::addSchemas);
            ModelConverters.getInstance(true).read(InvalidPart.class).forEach(api.getComponents()::addSchemas);
            ANSWERS.forEach(answer -> requireMembers(answer, api.getComponents().getSchemas()));
            api.getComponents().getSchemas().values().forEach(OpenApiConfiguration::withoutSurrogates);
            api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiConfiguration::addProblems));
        };
    }

    /** Alone they are no characters in a schema's eyes, and most readers of patterns cannot name them. */
    private static void withoutSurrogates(Schema<?> schema) {
        schema.getProperties().values().stream()
                .filter(member -> member.getPattern() != null)
                .forEach(member -> member.setPattern(member.getPattern().replace("\\ud800-\\udfff", "")));
    }

    /** Every member of an answer is there unless it may be null, and then it is left out. */
    private static void requireMembers(Class<?> answer, @SuppressWarnings("rawtypes") Map<String, Schema> schemas) {
        Objects.requireNonNull(schemas.get(answer.getSimpleName()))
                .setRequired(Arrays.stream(answer.getRecordComponents())
                        .filter(member -> !member.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .sorted()
                        .toList());
    }

    private static void addProblems(Operation operation) {
        Set<Problem> problems = EnumSet.copyOf(OF_ALL);
        problems.addAll(OF_OPERATION.getOrDefault(operation.getOperationId(), Set.of()));
        problems.stream()
                .collect(Collectors.groupingBy(problem -> problem.status().value()))
                .forEach((status, alike) ->
                        operation.getResponses().addApiResponse(String.valueOf(status), response(status, alike)));
        if (operation.getResponses().containsKey("201")) {
            operation.getResponses().get("201").addHeaderObject(HttpHeaders.LOCATION, header("Path of the plant"));
        }
    }

    private static ApiResponse response(int status, List<Problem> alike) {
        ApiResponse response = new ApiResponse()
                .description(alike.stream().map(Problem::title).collect(Collectors.joining("; or: ")))
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/ProblemBody"))));
        return status == Problem.DATABASE_UNAVAILABLE.status().value()
                ? response.addHeaderObject(HttpHeaders.RETRY_AFTER, header("Seconds to wait"))
                : response;
    }

    private static Header header(String description) {
        return new Header().description(description).schema(new StringSchema());
    }
}
