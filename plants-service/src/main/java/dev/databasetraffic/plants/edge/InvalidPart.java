package dev.databasetraffic.plants.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What is wrong with which part of a request.
 *
 * @param pointer the member of the body, as a JSON Pointer in a fragment
 * @param parameter the header or query parameter
 * @param detail what it has to be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvalidPart(@Nullable String pointer, @Nullable String parameter, String detail) {

    private static final Map<String, String> EXPECTED = Map.of(
            "name", "must be a string of 1 to 100 characters",
            "quantity", "must be a whole number from 0 to 1000000, without quotes");

    /** What a failure of the framework's says about the request, in words of ours. */
    static List<InvalidPart> in(Exception failure) {
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return invalid.getBindingResult().getFieldErrors().stream()
                    .map(InvalidPart::of)
                    .toList();
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return invalid.getParameterValidationResults().stream()
                    .flatMap(InvalidPart::of)
                    .toList();
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return List.of(new InvalidPart(null, mismatch.getName(), "has the wrong type"));
        }
        if (failure instanceof TypeMismatchException) {
            return List.of(new InvalidPart(null, null, "a parameter has the wrong type"));
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return List.of(unreadable(unreadable.getCause()));
        }
        return List.of();
    }

    private static InvalidPart of(FieldError error) {
        return new InvalidPart("#/" + error.getField(), null, String.valueOf(error.getDefaultMessage()));
    }

    private static Stream<InvalidPart> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return body.getFieldErrors().stream().map(InvalidPart::of);
        }
        MethodParameter parameter = result.getMethodParameter();
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        String name = header == null ? parameter.getParameterName() : header.name();
        return result.getResolvableErrors().stream()
                .map(error -> new InvalidPart(null, name, String.valueOf(error.getDefaultMessage())));
    }

    private static InvalidPart unreadable(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException) {
            return new InvalidPart("#", null, "must have no members but name and quantity");
        }
        if (cause instanceof StreamConstraintsException) {
            return new InvalidPart("#", null, "is nested too deeply, or has too long a name, number or string");
        }
        if (cause instanceof StreamReadException malformed) {
            return new InvalidPart("#", null, "is no well-formed JSON, or names a member twice; " + place(malformed));
        }
        if (cause instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            String member = String.valueOf(mismatch.getPath().get(0).getPropertyName());
            return new InvalidPart("#/" + member, null, EXPECTED.getOrDefault(member, "has the wrong type"));
        }
        return new InvalidPart("#", null, "must be one JSON object");
    }

    private static String place(JacksonException malformed) {
        return malformed.getLocation() == null
                ? "it ends too early"
                : "see line %d, column %d"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
    }
}
