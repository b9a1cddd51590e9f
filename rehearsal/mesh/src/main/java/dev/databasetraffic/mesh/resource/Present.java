package dev.databasetraffic.mesh.resource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a manifest leaves out, as the value that it means. */
final class Present {

    private Present() {}

    static <T> List<T> list(@Nullable List<T> given) {
        return given == null
                ? List.of()
                : given.stream().filter(Objects::nonNull).toList();
    }

    static Map<String, String> map(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : given;
    }

    static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
