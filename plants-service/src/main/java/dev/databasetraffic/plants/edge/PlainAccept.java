package dev.databasetraffic.plants.edge;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * What a caller accepts, without parameters but for the weight: JSON has none (RFC 8259, 11), and a charset that it cannot
 * be written in would be noticed only when what was asked for is done. What is accepted is settled before the request is
 * carried out; a header that cannot be read is refused then.
 */
final class PlainAccept implements ContentNegotiationStrategy {

    private static final String WEIGHT = "q";

    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted = header.resolveMediaTypes(request);
        // Most callers say nothing, or name types alone.
        return accepted.stream().allMatch(PlainAccept::isPlain)
                ? accepted
                : accepted.stream().map(PlainAccept::plain).toList();
    }

    private static boolean isPlain(MediaType accepted) {
        return accepted.getParameters().isEmpty();
    }

    private static MediaType plain(MediaType accepted) {
        String weight = accepted.getParameter(WEIGHT);
        return new MediaType(accepted, weight == null ? Map.of() : Map.of(WEIGHT, weight));
    }
}
