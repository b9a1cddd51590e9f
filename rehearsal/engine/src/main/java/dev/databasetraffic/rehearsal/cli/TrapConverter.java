package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.check.Trap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a kind of finding. */
final class TrapConverter implements ITypeConverter<Trap> {

    @Override
    public Trap convert(String id) {
        return Trap.of(id)
                .orElseThrow(() -> new TypeConversionException(
                        "nothing is found under the id '" + id + "'; ids are " + Trap.ids()));
    }
}
