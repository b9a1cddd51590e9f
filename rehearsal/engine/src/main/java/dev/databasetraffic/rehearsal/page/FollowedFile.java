package dev.databasetraffic.rehearsal.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file to which a process appends lines of UTF-8. */
public final class FollowedFile implements ServiceLog {

    /** What is read at once; if more has been written meanwhile, the beginning of it is left out. */
    private static final int MOST = 64 * 1024;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;
    private boolean begun;

    public FollowedFile(Path file) {
        this.file = file;
    }

    @Override
    public List<String> read() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            if (size < position) {
                // Somebody emptied it.
                position = 0;
                unfinished.reset();
            }
            boolean skips = size - position > MOST;
            if (skips) {
                unfinished.reset();
                position = size - MOST;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - position));
            channel.position(position);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads on.
            }
            position += bytes.position();
            List<String> lines = lines(bytes.array(), bytes.position());
            if (skips && !lines.isEmpty()) {
                // Of the first there is an end only.
                lines.set(0, begun ? "… lines left out: there were too many" : "…");
            }
            begun = true;
            return lines;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private List<String> lines(byte[] bytes, int length) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                unfinished.write(bytes, start, at - start);
                lines.add(unfinished.toString(StandardCharsets.UTF_8).stripTrailing());
                unfinished.reset();
                start = at + 1;
            }
        }
        if (unfinished.size() < MOST) {
            unfinished.write(bytes, start, length - start);
        }
        return lines;
    }
}
