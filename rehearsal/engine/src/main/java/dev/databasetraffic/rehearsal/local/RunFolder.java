package dev.databasetraffic.rehearsal.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one running system keeps on the disk, deleted at its end; its children see to that if this process is killed. Its
 * name holds the process id, so that what both left behind, after a power cut for instance, is recognised and deleted by
 * the next run.
 */
record RunFolder(Path path) implements AutoCloseable {

    /** A public certificate needs no secret, but the JDK's PKCS #12 reader wants a password. */
    static final String TRUST_STORE_PASSWORD = "changeit";

    private static final String PARENT = ".rehearsal";
    private static final Pattern NAME = Pattern.compile("run-(\\d+)-.*");
    private static final String STATE = "state.json";

    /** What another process must know of a running system. */
    record State(long pid, URI service) {}

    static RunFolder create(Path home) throws PlaceException {
        Path parent = home.resolve(PARENT);
        try {
            Files.createDirectories(parent);
            all(home).filter(folder -> folder.owner().isEmpty()).forEach(RunFolder::close);
            RunFolder folder = new RunFolder(Files.createTempDirectory(
                    parent, "run-" + ProcessHandle.current().pid() + "-"));
            Files.createDirectory(folder.outages());
            return folder;
        } catch (IOException e) {
            throw new PlaceException(
                    "The folder " + parent + " cannot be written (" + e + "), and a rehearsal keeps its"
                            + " outages and temporary files there. Make it writable, or copy the suite to where you may write.",
                    e);
        }
    }

    /** The running systems of this checkout, each with what it announced; those still starting are left out. */
    static List<RunFolder> running(Path home) throws PlaceException {
        try (Stream<RunFolder> all = all(home)) {
            return all.filter(folder -> folder.owner().isPresent())
                    .filter(folder -> Files.exists(folder.path().resolve(STATE)))
                    .toList();
        } catch (IOException e) {
            throw new PlaceException(home.resolve(PARENT) + " cannot be read: " + e, e);
        }
    }

    Path outages() {
        return path.resolve("outages");
    }

    Path trustStore() {
        return path.resolve("trust.p12");
    }

    Path trustPem() {
        return path.resolve("trust.pem");
    }

    Path credentials() {
        return path.resolve("credentials.json");
    }

    /** The names that the service's JVM knows, when it does not ask DNS. */
    Path hostsFile() {
        return path.resolve("hosts");
    }

    /**
     * Writes the file of names.
     *
     * @param database the name by which the database is known, empty if it is not
     */
    void writeHosts(String database) throws PlaceException {
        String names = "127.0.0.1 localhost " + database + System.lineSeparator();
        try {
            Path part = Files.writeString(path.resolve("hosts.part"), names);
            Files.move(part, hostsFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PlaceException(hostsFile() + " cannot be written: " + e + ". Is the disk full?", e);
        }
    }

    /** Writes the authority's certificate, for the JVM and for everybody else. */
    void writeTrust(ThrowawayAuthority authority) throws PlaceException {
        try {
            authority.writeTrustStore(trustStore(), TRUST_STORE_PASSWORD);
            Files.writeString(trustPem(), authority.pem());
        } catch (IOException e) {
            throw new PlaceException(trustStore() + " cannot be written: " + e + ". Is the disk full?", e);
        }
    }

    /** Tells other processes that this system is ready. */
    void announce(URI service) throws PlaceException {
        try {
            Path part = path.resolve(STATE + ".part");
            new ObjectMapper()
                    .writeValue(part.toFile(), new State(ProcessHandle.current().pid(), service));
            Files.move(part, path.resolve(STATE));
        } catch (IOException e) {
            throw new PlaceException(path.resolve(STATE) + " cannot be written: " + e + ". Is the disk full?", e);
        }
    }

    State state() throws IOException {
        return new ObjectMapper().readValue(path.resolve(STATE).toFile(), State.class);
    }

    @Override
    public void close() {
        Folders.delete(path);
    }

    private Optional<ProcessHandle> owner() {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() ? ProcessHandle.of(Long.parseLong(name.group(1))) : Optional.empty();
    }

    private static Stream<RunFolder> all(Path home) throws IOException {
        Path parent = home.resolve(PARENT);
        if (!Files.isDirectory(parent)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders
                    .filter(folder ->
                            NAME.matcher(folder.getFileName().toString()).matches())
                    .map(RunFolder::new)
                    .toList()
                    .stream();
        }
    }
}
