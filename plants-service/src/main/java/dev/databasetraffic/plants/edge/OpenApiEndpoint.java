package dev.databasetraffic.plants.edge;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the interface, as it is committed; a test holds the interface to it. */
@Hidden
@RestController
class OpenApiEndpoint {

    @GetMapping(path = "/openapi", produces = "application/yaml")
    Resource description() {
        return new ClassPathResource("openapi.yaml");
    }
}
