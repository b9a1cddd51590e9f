package dev.databasetraffic.bench.passing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Who passes bytes, and how to start it in a process of its own. */
public interface Passer {

    /** What the tables call it. */
    String name();

    /**
     * Returns when it listens.
     *
     * @param target where to
     * @param folder an empty one, for its log and what it is told
     */
    Passage open(InetSocketAddress target, Path folder) throws IOException, InterruptedException;

    /** Nobody in between. */
    static Passer nobody(String name) {
        return new Passer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Passage open(InetSocketAddress target, Path folder) {
                return Passage.direct(target);
            }
        };
    }
}
