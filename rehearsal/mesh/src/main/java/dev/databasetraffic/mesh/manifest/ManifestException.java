package dev.databasetraffic.mesh.manifest;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file is not a manifest. The message is for the person at the terminal: file, line, what is wrong, what to do. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final int line;

    /** @param line from 1, or 0 where the whole file is meant */
    public ManifestException(Path file, int line, String what) {
        this(file, line, what, null);
    }

    ManifestException(Path file, int line, String what, @Nullable Throwable cause) {
        super(Printable.of(file + (line == 0 ? ": " : ":" + line + ": ") + what), cause);
        this.file = file;
        this.line = line;
    }

    public Path file() {
        return file;
    }

    /** From 1, or 0 where the whole file is meant. */
    public int line() {
        return line;
    }
}
