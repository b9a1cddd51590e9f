package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** How large each image is, and how much of that comes with its base. */
public record ImageSizes(Instant builtAt, List<Image> images) {

    /**
     * One image.
     *
     * @param java what it has of Java, such as {@code 25, AOT cache}
     * @param base the image that it is built on
     * @param bytes of all its layers
     * @param baseBytes of those that it has from the base
     */
    public record Image(String subject, String java, String base, long bytes, long baseBytes) {}

    public String markdown() {
        return String.format(Locale.ROOT, "Built %tF.", Date.from(builtAt)) + "\n\n"
                + Markdown.table(
                        List.of("image of", "Java", "base", "image MB", "base MB", "above the base MB"),
                        images.stream()
                                .map(image -> List.of(
                                        image.subject,
                                        image.java,
                                        image.base,
                                        megabytes(image.bytes),
                                        megabytes(image.baseBytes),
                                        megabytes(image.bytes - image.baseBytes)))
                                .toList());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }
}
