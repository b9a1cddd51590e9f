package dev.databasetraffic.faults;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;

/** What a fault can do with the relay's listener. To be called on the relay's thread. */
interface Gate {

    /** New connections are refused from now on. */
    void refuse();

    /** New connections are accepted again, at the same address. */
    void accept();

    /** Both ends of every connection get a TCP reset. */
    void cutAll();

    /** Runs a task again and again, the first time when the pause is over. */
    ScheduledFuture<?> every(Duration pause, Runnable task);
}
