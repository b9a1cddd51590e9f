package dev.databasetraffic.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A program that can be run. */
final class ExecutableFile implements ITypeConverter<Path> {

    @Override
    public Path convert(String value) {
        Path program = Path.of(value);
        if (!isProgram(program)) {
            throw new TypeConversionException("'" + program + "' is no program");
        }
        return program.toAbsolutePath();
    }

    static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
