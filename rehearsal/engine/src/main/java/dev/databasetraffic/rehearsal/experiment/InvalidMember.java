package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import dev.databasetraffic.databases.Address;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member whose value breaks its limit; its description says what the limit is. */
final class InvalidMember extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    static final int HIGHEST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final transient JsonPointer at;
    private final @Nullable String reason;

    private InvalidMember(JsonPointer at, @Nullable String reason) {
        super(at.toString());
        this.at = at;
        this.reason = reason;
    }

    /** Where it is in the object that refuses it. */
    JsonPointer at() {
        return at;
    }

    /** What follows the member's name, if that says more than its value and its description; else null. */
    @Nullable
    String reason() {
        return reason;
    }

    static void when(boolean broken, String... path) {
        if (broken) {
            throw new InvalidMember(pointer(List.of(path)), null);
        }
    }

    /** That a text wants to be told what no start tells: the text may have secrets in it, a variable's name has none. */
    static void unknownVariables(String text, String... path) {
        List<String> unknown = StartVariables.unknownIn(text);
        if (!unknown.isEmpty()) {
            throw new InvalidMember(
                    pointer(List.of(path)),
                    "has " + String.join(" and ", unknown) + ", of which nothing is known; there are "
                            + String.join(", ", StartVariables.all()) + ", and $${ for ${ itself");
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
            when(true, member);
        }
    }

    static void outside(String member, int value, int least, int most) {
        when(value < least || value > most, member);
    }

    static void outside(String member, @Nullable Duration value, Duration least) {
        when(value != null && (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0), member);
    }

    private static JsonPointer pointer(List<String> path) {
        JsonPointer pointer = JsonPointer.empty();
        for (String name : path) {
            pointer = pointer.appendProperty(name);
        }
        return pointer;
    }
}
