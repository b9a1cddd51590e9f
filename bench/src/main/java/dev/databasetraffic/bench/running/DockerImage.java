package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Images in the Docker daemon that the {@code docker} on the PATH talks to. */
public final class DockerImage {

    private static final Duration BUILT_WITHIN = Duration.ofMinutes(15);

    private DockerImage() {}

    /**
     * Size in bytes, all layers counted, of what is built; the image is removed again.
     *
     * @param file the Dockerfile
     * @param context folder that it copies from
     * @param arguments its build arguments
     */
    public static long sizeOfBuilt(Path file, Path context, Map<String, String> arguments)
            throws IOException, InterruptedException {
        String tag = "database-traffic-bench:" + ProcessHandle.current().pid();
        List<String> build = new ArrayList<>(List.of("build", "--quiet", "--tag", tag, "--file", file.toString()));
        arguments.forEach((name, value) -> build.addAll(List.of("--build-arg", name + "=" + value)));
        build.add(context.toString());
        docker(build);
        try {
            return size(tag);
        } finally {
            docker(List.of("image", "rm", tag));
        }
    }

    /** Size in bytes, all layers counted, of an image that the daemon has. */
    public static long size(String image) throws IOException, InterruptedException {
        return Long.parseLong(docker(List.of("image", "inspect", "--format", "{{.Size}}", image)));
    }

    /** Of an image that the daemon has. */
    public static JavaVersion javaOf(String image) throws IOException, InterruptedException {
        return JavaVersion.askedBy(List.of("docker", "run", "--rm", "--entrypoint", "java", image));
    }

    private static String docker(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return Command.of(command).succeed(BUILT_WITHIN).told();
    }
}
