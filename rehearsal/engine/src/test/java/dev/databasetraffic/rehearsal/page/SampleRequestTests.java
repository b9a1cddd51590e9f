package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.rehearsal.experiment.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleRequestTests {

    @Test
    void aBodyIsFilledInAsTheLoadDoesAndKeepsItsTypes() {
        Operation.Request request = new Operation.Request(
                "POST",
                "/orders/${key}",
                null,
                Map.of(
                        "reference",
                        "o-${key}",
                        "number",
                        "${n}",
                        "gift",
                        true,
                        "tags",
                        List.of("${key}", 2),
                        "address",
                        Map.of("city", "X", "ref", "${key}")));

        assertThat(SampleRequest.of(request, "rose"))
                .isEqualTo(new SampleRequest(
                        "POST",
                        "/orders/rose",
                        Map.of(
                                "reference",
                                "o-rose",
                                "number",
                                1,
                                "gift",
                                true,
                                "tags",
                                List.of("rose", 2),
                                "address",
                                Map.of("city", "X", "ref", "rose"))));
    }

    @Test
    void aRequestWithoutABodyHasNone() {
        assertThat(SampleRequest.of(new Operation.Request("GET", "/orders", null, null), "rose")
                        .body())
                .isEmpty();
    }
}
