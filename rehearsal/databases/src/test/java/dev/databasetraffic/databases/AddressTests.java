package dev.databasetraffic.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTests {

    @Test
    void hostAndPortAreReadAndWrittenAlike() {
        assertThat(Address.parse("orders-db.shop.svc:5432")).isEqualTo(new Address("orders-db.shop.svc", 5432));
        assertThat(Address.parse("127.0.0.1:65535")).hasToString("127.0.0.1:65535");
    }

    @Test
    void anIpv6AddressHasBracketsOnceWhereAPortFollows() {
        assertThat(new Address("::1", 8080)).hasToString("[::1]:8080");
        assertThat(new Address("[::1]", 8080)).hasToString("[::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders-db", ":5432", "orders-db:", "orders-db:0", "orders-db:65536", "a b:1", "a:1:2"})
    void whatIsNotAHostAndAPortOfThisWorldIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessage("'" + text + "' is not host:port, with a port from 1 to 65535");
    }
}
