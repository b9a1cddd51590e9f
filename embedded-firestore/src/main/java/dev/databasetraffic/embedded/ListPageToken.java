package dev.databasetraffic.embedded;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.List;

/** Where a page of a list ended: the values of its last entry that the list is sorted by. */
final class ListPageToken {

    private ListPageToken() {}

    static String of(List<Value> values) {
        return Base64.getUrlEncoder()
                .encodeToString(
                        ArrayValue.newBuilder().addAllValues(values).build().toByteArray());
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT unless it was made of that number of values */
    static List<Value> parse(String token, int size) {
        try {
            List<Value> values =
                    ArrayValue.parseFrom(Base64.getUrlDecoder().decode(token)).getValuesList();
            if (values.size() != size) {
                throw StatusExceptions.invalid("invalid page token");
            }
            return values;
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw StatusExceptions.invalid("invalid page token");
        }
    }
}
