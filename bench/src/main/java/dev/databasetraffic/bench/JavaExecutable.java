package dev.databasetraffic.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A java that can be run, or the home of a JDK that has one. */
final class JavaExecutable implements ITypeConverter<Path> {

    @Override
    public Path convert(String value) {
        Path path = Path.of(value);
        Path java = Files.isDirectory(path) ? path.resolve("bin").resolve("java") : path;
        if (!Files.isExecutable(java)) {
            throw new TypeConversionException("'" + java + "' is no program");
        }
        return java;
    }
}
