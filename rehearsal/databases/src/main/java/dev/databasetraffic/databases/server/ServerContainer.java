package dev.databasetraffic.databases.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, which Testcontainers removes, however this JVM ends. */
final class ServerContainer implements Database {

    /** Only the server's own user may read what holds a secret, and images differ in who that is. */
    private static final int READABLE = 0444;

    private final ServerRecipe recipe;
    private final Login login;
    private final StartOptions options;
    private final GenericContainer<?> container;
    private final Address address;
    private final String reason;
    private String description = "";

    private ServerContainer(
            ServerRecipe recipe,
            Login login,
            StartOptions options,
            GenericContainer<?> container,
            Address address,
            String reason) {
        this.recipe = recipe;
        this.login = login;
        this.options = options;
        this.container = container;
        this.address = address;
        this.reason = reason;
    }

    static ServerContainer start(ServerRecipe recipe, Login login, StartOptions options, String image, String reason)
            throws DatabaseException, InterruptedException {
        int port = freePort(recipe);
        ContainerRecipe how = recipe.container(login);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withEnv(how.variables())
                .withExposedPorts(how.port())
                .waitingFor(new Nothing());
        // A port that Docker chose would be another after a restart.
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + how.port()));
        how.files().forEach((path, text) -> container.withCopyToContainer(Transferable.of(text, READABLE), path));
        if (!how.command().isEmpty()) {
            container.withCommand(how.command().toArray(new String[0]));
        }
        ServerContainer server = new ServerContainer(recipe, login, options, container, Address.loopback(port), reason);
        boolean answers = false;
        try {
            container.start();
            server.description = recipe.title() + " " + server.firstAnswer() + ", in a container of " + image;
            answers = true;
            return server;
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    recipe.title() + " could not be started in a container of " + image + ": " + e.getMessage()
                            + ". Can the image be pulled from here (docker pull " + image + ")?",
                    e);
        } finally {
            if (!answers) {
                container.stop();
            }
        }
    }

    private static int freePort(ServerRecipe recipe) throws DatabaseException {
        try {
            return LoopbackPorts.free();
        } catch (IOException e) {
            throw new DatabaseException("There is no free port for " + recipe.title() + ": " + e.getMessage(), e);
        }
    }

    private String firstAnswer() throws DatabaseException, InterruptedException {
        return new FirstAnswer(
                        recipe.title(), source(), options.startTimeout(), container::isRunning, container::getLogs)
                .to(recipe::version);
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String reason() {
        return reason;
    }

    /** Docker's own log tells of that. */
    @Override
    public void onUnexpectedEnd(Consumer<String> listener) {}

    @Override
    public void kill() throws DatabaseException {
        docker(
                "killed",
                docker -> docker.killContainerCmd(container.getContainerId()).exec());
    }

    @Override
    public void revive() throws DatabaseException, InterruptedException {
        if (!container.isRunning()) {
            docker(
                    "started again",
                    docker ->
                            docker.startContainerCmd(container.getContainerId()).exec());
            firstAnswer();
        }
    }

    private interface Order {
        void give(DockerClient docker);
    }

    private void docker(String purpose, Order order) throws DatabaseException {
        try {
            order.give(container.getDockerClient());
        } catch (DockerException e) {
            throw new DatabaseException(
                    recipe.title() + "'s container could not be " + purpose + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    /** {@link FirstAnswer} knows better than a port or a line in a log. */
    private static final class Nothing extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
