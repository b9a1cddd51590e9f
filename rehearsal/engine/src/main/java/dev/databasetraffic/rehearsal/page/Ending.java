package dev.databasetraffic.rehearsal.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last that a page hears.
 *
 * @param state for its style: {@code held}, {@code broken} or {@code open}
 * @param checks the hypothesis, claim by claim; empty where nothing was judged
 * @param report a page of HTML that says more; absent if there is none
 * @param file where that page lies
 */
public record Ending(
        String state,
        String headline,
        List<String> remarks,
        List<Claim> checks,
        @Nullable String report,
        @Nullable String file) {

    /** @param state as the ending's */
    public record Claim(String state, String claim, String observed, String tolerance) {}

    /** For who only stopped. */
    public static Ending of(String headline) {
        return new Ending("open", headline, List.of(), List.of(), null, null);
    }
}
