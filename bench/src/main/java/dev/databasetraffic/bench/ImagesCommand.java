package dev.databasetraffic.bench;

import dev.databasetraffic.bench.report.ImageSizes;
import dev.databasetraffic.bench.running.DockerImage;
import dev.databasetraffic.bench.running.JvmSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description = "How large the images are, beside the same peers'. Needs a Docker daemon that has the bases.")
final class ImagesCommand implements Callable<Integer> {

    /** What the Dockerfile's comment asks for on Java 17. */
    private static final Map<String, String> ON_17 = Map.of(
            "OPTIONS", "-XX:+UseSerialGC -XX:InitialRAMPercentage=12.5 -XX:MaxRAMPercentage=25",
            "TRAIN", "-XX:ArchiveClassesAtExit",
            "USE", "-XX:SharedArchiveFile");

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--base-17",
            defaultValue = "eclipse-temurin:17-jre-noble",
            description = "image with Java 17 (default: ${DEFAULT-VALUE}); the one with 25 is the Dockerfile's own")
    private String base17 = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant builtAt = Instant.now();
        Path recipe = subjects.dockerfile();
        String base25 = defaultBase(recipe);
        requireJava(17, base17);
        requireJava(25, base25);
        List<ImageSizes.Image> images = new ArrayList<>();
        for (JvmSubject subject : List.of(subjects.plants(), subjects.spring())) {
            images.add(image(subject, "17, class archive", recipe, base17, ON_17));
            images.add(image(subject, "25, AOT cache", recipe, base25, Map.of()));
        }
        images.add(image(
                subjects.go().name(),
                "–",
                subjects.goDockerfile(),
                subjects.go().executable(),
                "scratch",
                Map.of("ROOTS", base25)));
        ImageSizes sizes = new ImageSizes(builtAt, images);
        output.write(subjects, "images", sizes, sizes.markdown());
        return 0;
    }

    /** Because the tables name it. */
    private static void requireJava(int feature, String base) throws IOException, InterruptedException {
        int its = DockerImage.javaOf(base).feature();
        if (its != feature) {
            throw new IOException("The base " + base + " has Java " + its + " instead of " + feature + ".");
        }
    }

    private static ImageSizes.Image image(
            String subject, String java, Path recipe, Path artifact, String base, Map<String, String> arguments)
            throws IOException, InterruptedException {
        System.err.println("building the image of " + subject + " on " + base);
        return new ImageSizes.Image(
                subject,
                java,
                base,
                DockerImage.sizeOfBuilt(recipe, artifact.resolveSibling(""), arguments),
                base.equals("scratch") ? 0 : DockerImage.size(base));
    }

    private static ImageSizes.Image image(
            JvmSubject subject, String java, Path recipe, String base, Map<String, String> others)
            throws IOException, InterruptedException {
        Map<String, String> arguments = new HashMap<>(others);
        arguments.put("JAR", subject.jar().getFileName().toString());
        arguments.put("BASE", base);
        return image(subject.name(), java, recipe, subject.jar(), base, arguments);
    }

    /** What the recipe is built on when nobody says otherwise. */
    private static String defaultBase(Path recipe) throws IOException {
        return Files.readAllLines(recipe).stream()
                .filter(line -> line.startsWith("ARG BASE="))
                .map(line -> line.substring("ARG BASE=".length()))
                .findFirst()
                .orElseThrow(() -> new IOException(recipe + " has no line ARG BASE=…"));
    }
}
