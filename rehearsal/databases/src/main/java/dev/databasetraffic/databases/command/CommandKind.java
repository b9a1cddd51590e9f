package dev.databasetraffic.databases.command;

import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.ReadBackKind;

/** The kind of {@link CommandReadBack}. */
public final class CommandKind implements ReadBackKind {

    @Override
    public String name() {
        return "command";
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return CommandReadBack.class;
    }
}
