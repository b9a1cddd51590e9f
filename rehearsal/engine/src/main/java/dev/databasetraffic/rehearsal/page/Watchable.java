package dev.databasetraffic.rehearsal.page;

/** What a page can show. */
public interface Watchable {

    /** The running system; valid until it is closed. */
    Watched watched();
}
