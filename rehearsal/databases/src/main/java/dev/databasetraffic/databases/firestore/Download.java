package dev.databasetraffic.databases.firestore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Fetches a release into a folder: whole and verified, or not at all. */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    private final EmulatorRelease release;
    private final PrintStream out;

    Download(EmulatorRelease release, PrintStream out) {
        this.release = release;
        this.out = out;
    }

    /** @throws EmulatorException with a message that says what happened, but not what to do instead */
    Path to(Path folder) throws EmulatorException {
        try {
            return fetchInto(folder);
        } catch (EmulatorException e) {
            throw e;
        } catch (IOException e) {
            throw new EmulatorException(release.url() + " could not be fetched (" + e + ")", e);
        }
    }

    private Path fetchInto(Path folder) throws IOException {
        Path part;
        try {
            Files.createDirectories(folder);
            part = Files.createTempFile(folder, release.fileName(), ".part");
        } catch (IOException e) {
            throw new EmulatorException("the cache folder " + folder + " cannot be written (" + e + ")", e);
        }
        try {
            String sha256 = fetch(part);
            if (!sha256.equals(release.sha256())) {
                throw new EmulatorException("the download has the checksum " + sha256 + " instead of "
                        + release.sha256() + " and was discarded");
            }
            return Files.move(part, folder.resolve(release.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private String fetch(Path part) throws IOException {
        // Not java.net.http: its time limit ends with the headers, a body may stall for ever.
        HttpURLConnection connection = (HttpURLConnection) release.url().toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) STALL_TIMEOUT.toMillis());
        ProgressBar bar = new ProgressBar(out, "Firestore emulator", release.size());
        MessageDigest digest = newDigest();
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new EmulatorException(release.url() + " answered with status " + status);
            }
            try (InputStream in = connection.getInputStream();
                    OutputStream file = Files.newOutputStream(part)) {
                copy(in, file, digest, bar);
            }
        } finally {
            bar.end();
            connection.disconnect();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Stops one byte past the expected size, so that an endless body cannot fill the disk. */
    private void copy(InputStream in, OutputStream file, MessageDigest digest, ProgressBar bar) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        while (done <= release.size()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new EmulatorException("the download was interrupted and discarded");
            }
            int n = readOrEnd(in, buffer, (int) Math.min(buffer.length, release.size() + 1 - done));
            if (n < 0) {
                break;
            }
            file.write(buffer, 0, n);
            digest.update(buffer, 0, n);
            done += n;
            bar.show(done);
        }
        if (done != release.size()) {
            throw new EmulatorException(
                    "the download ended after " + done + " of " + release.size() + " bytes and was discarded");
        }
    }

    /** A connection that breaks off is an exception on some versions of Java, and an ordinary end on others. */
    private static int readOrEnd(InputStream in, byte[] buffer, int length) {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException e) {
            return -1;
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
