package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeRequestTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /plants HTTP/1.1|Host: x||",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 2||{}",
                "POST /plants HTTP/1.1|content-length:2|Host: x||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 0||",
                "DELETE /plants/1 HTTP/1.1|Host: x||"
            })
    void isAllOfOneRequest(String request) {
        assertThat(WholeRequest.is(request.replace("|", "\r\n"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /plants HTTP/1.1|Host: x|",
                "GET /plants HTTP/1.1|Host: x||GET /plants HTTP/1.1|Host: x||",
                "GET /plants HTTP/1.0|Host: x||",
                "GET /plants|Host: x||",
                "HEAD /plants HTTP/1.1|Host: x||",
                "PRI * HTTP/2.0||SM||",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 3||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 1||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 2|Content-Length: 2||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length: +2||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 99999999999||{}",
                "POST /plants HTTP/1.1|Host: x|Content-Length : 2||{}",
                "POST /plants HTTP/1.1|Host: x|Transfer-Encoding: chunked||0||",
                "POST /plants HTTP/1.1|Host: x|Content-Length: 0|Expect: 100-continue||",
                "GET /plants HTTP/1.1|Host: x|Connection: close||",
                "GET /plants HTTP/1.1|Host: x|Upgrade: h2c||"
            })
    void isNotKnownToBeAllOfOneRequest(String bytes) {
        assertThat(WholeRequest.is(bytes.replace("|", "\r\n"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /plants HTTP/1.1, true",
        "GET /plants?pageSize=1 HTTP/1.1, true",
        "DELETE /plants/1 HTTP/1.1, true",
        "GET /plantsman HTTP/1.1, false",
        "GET / HTTP/1.1, false",
        "GET /openapi/plants HTTP/1.1, false"
    })
    void isForAResourceOrOneBelowIt(String line, boolean expected) {
        assertThat(WholeRequest.isFor("/plants", line + "\r\nHost: x\r\n\r\n")).isEqualTo(expected);
    }
}
