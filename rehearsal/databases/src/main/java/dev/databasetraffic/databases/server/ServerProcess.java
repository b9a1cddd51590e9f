package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.kit.ChildProgram;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server as a process on a leash, with its data in a folder. */
final class ServerProcess implements Database {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Enough to hold the cause above what follows from it. */
    private static final int QUOTED_LINES = 20;

    private final ServerRecipe recipe;
    private final Login login;
    private final StartOptions options;
    private final Installation installation;
    private final Address address;
    private final String reason;
    private String description = "";
    private boolean closed;
    private @Nullable ChildProgram killed;
    private Consumer<String> listener = sentence -> {};
    private @Nullable ChildProgram program;

    private ServerProcess(
            ServerRecipe recipe,
            Login login,
            StartOptions options,
            Installation installation,
            Address address,
            String reason) {
        this.recipe = recipe;
        this.login = login;
        this.options = options;
        this.installation = installation;
        this.address = address;
        this.reason = reason;
    }

    static ServerProcess start(
            ServerRecipe recipe, Login login, StartOptions options, Provenance provenance, String reason)
            throws IOException, InterruptedException {
        Quarters quarters = Quarters.of(recipe, options.folder());
        try {
            Installation installation =
                    new Installation(programs(provenance, quarters.home()), quarters.prefix(), quarters.home());
            recipe.prepare(installation, login);
            ServerProcess server = new ServerProcess(
                    recipe,
                    login,
                    options,
                    installation,
                    Address.loopback(LoopbackPorts.free()),
                    reason + quarters.note());
            server.startFirst(provenance);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            Folders.delete(quarters.home());
            throw e;
        }
    }

    private static Map<String, Path> programs(Provenance provenance, Path home) throws IOException {
        if (provenance instanceof Provenance.Library library) {
            return library.server().unpack(Files.createDirectory(home.resolve("server")));
        }
        return ((Provenance.Machine) provenance).programs();
    }

    private void startFirst(Provenance provenance) throws DatabaseException, InterruptedException {
        boolean answers = false;
        try {
            FirstAnswer first = launch();
            first.to(source -> {
                recipe.create(source);
                return true;
            });
            description = recipe.title() + " " + first.to(recipe::version) + ", " + provenance.told();
            answers = true;
        } finally {
            if (!answers) {
                close();
            }
        }
    }

    private synchronized FirstAnswer launch() throws DatabaseException {
        if (closed) {
            throw new DatabaseException(recipe.title() + " was closed while it started.");
        }
        try {
            ChildProgram.Launch launch = new ChildProgram.Launch(
                    recipe.title().toLowerCase(Locale.ROOT),
                    recipe.words(installation, address.port()),
                    Map.of(),
                    recipe.stopSignal(),
                    GRACE);
            ChildProgram started = ChildProgram.start(launch, installation.home(), options.logs());
            program = started;
            started.onUnexpectedEnd(code -> tellIfUnexpected(started, code));
            return new FirstAnswer(
                    recipe.title(),
                    source(),
                    options.startTimeout(),
                    started::isAlive,
                    () -> started.lastLines(QUOTED_LINES));
        } catch (IOException e) {
            throw new DatabaseException(recipe.title() + " could not be started: " + e.getMessage() + ".", e);
        }
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

    @Override
    public synchronized void onUnexpectedEnd(Consumer<String> newListener) {
        listener = newListener;
    }

    private synchronized void tellIfUnexpected(ChildProgram ended, int code) {
        if (ended != killed) {
            listener.accept(
                    recipe.title() + " ended by itself with exit code " + code + "; its log is " + ended.log() + ".");
        }
    }

    @Override
    public void kill() throws InterruptedException {
        ChildProgram running = running();
        if (running != null) {
            synchronized (this) {
                killed = running;
            }
            running.kill();
        }
    }

    @Override
    public void revive() throws DatabaseException, InterruptedException {
        ChildProgram running = running();
        if (running != null && running.isAlive()) {
            return;
        }
        launch().to(recipe::version);
    }

    private synchronized @Nullable ChildProgram running() {
        return program;
    }

    @Override
    public void close() {
        ChildProgram last;
        synchronized (this) {
            closed = true;
            last = program;
        }
        if (last != null) {
            last.close();
        }
        Folders.delete(installation.home());
    }
}
