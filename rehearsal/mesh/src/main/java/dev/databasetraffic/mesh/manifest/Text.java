package dev.databasetraffic.mesh.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads text as UTF-8, and takes it apart into documents. */
final class Text {

    /** Four thousand objects as {@code kubectl get -o json} prints them are some 10 MiB. */
    private static final int MAX_BYTES = 32 << 20;

    private Text() {}

    static String of(Path file) throws ManifestException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(file, in);
        } catch (NoSuchFileException e) {
            throw new ManifestException(file, 0, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new ManifestException(file, 0, "may not be read by you", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static String of(Path name, InputStream in) throws ManifestException {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ManifestException(name, 0, "is larger than 32 MiB, and so not read");
            }
            return decoded(name, bytes);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    static List<Document> documents(Path file, String text) throws ManifestException {
        String start = text.stripLeading();
        boolean json = file.toString().endsWith(".json");
        if (json || start.startsWith("{") || start.startsWith("[")) {
            try {
                return DocumentBuilder.documents(file, new JsonTokens(file, text));
            } catch (ManifestException e) {
                // YAML in flow style starts like JSON; only its syntax makes a difference.
                if (json || !(e.getCause() instanceof IOException)) {
                    throw e;
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return DocumentBuilder.documents(file, new YamlTokens(file, text));
    }

    private static String decoded(Path file, byte[] bytes) throws ManifestException {
        if (bytes.length > 1 && (bytes[0] & 0xff ^ bytes[1] & 0xff) == 1 && (bytes[0] & 0xfe) == 0xfe) {
            throw new ManifestException(file, 1, "is UTF-16 text, and manifests are UTF-8; save it as UTF-8");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        if (result.isError()) {
            long line = 1 + out.chars().filter(c -> c == '\n').count();
            throw new ManifestException(
                    file,
                    (int) line,
                    String.format("is not UTF-8 text: the byte 0x%02X here is none of it; save it as UTF-8", in.get()));
        }
        return out.length() > 0 && out.charAt(0) == '\uFEFF'
                ? out.subSequence(1, out.length()).toString()
                : out.toString();
    }

    private static ManifestException unreadable(Path file, IOException e) {
        return Files.isDirectory(file)
                ? new ManifestException(file, 0, "is a folder, and a file was expected", e)
                : new ManifestException(file, 0, "cannot be read", e);
    }
}
