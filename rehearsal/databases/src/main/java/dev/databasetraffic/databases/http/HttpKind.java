package dev.databasetraffic.databases.http;

import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.ReadBackKind;

/** The kind of {@link HttpReadBack}. */
public final class HttpKind implements ReadBackKind {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return HttpReadBack.class;
    }
}
