package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.databases.Address;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A member whose value breaks its limit; its description says what the limit is. */
final class InvalidMember extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofHours(24);

    private InvalidMember(String member) {
        super(member);
    }

    static void when(boolean broken, String member) {
        if (broken) {
            throw new InvalidMember(member);
        }
    }

    static void blank(String member, String value) {
        when(value.isBlank(), member);
    }

    static void port(String member, int value) {
        outside(member, value, 1, HIGHEST_PORT);
    }

    static void address(String member, String value) {
        try {
            Address.parse(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidMember(member);
        }
    }

    static void outside(String member, int value, int least, int most) {
        when(value < least || value > most, member);
    }

    static void outside(String member, @Nullable Duration value, Duration least) {
        when(value != null && (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0), member);
    }
}
