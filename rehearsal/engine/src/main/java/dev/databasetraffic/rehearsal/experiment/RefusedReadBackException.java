package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.databasetraffic.databases.DatabaseException;

/** Settings of a read-back that cannot work, in the words of the database's own package. */
final class RefusedReadBackException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    RefusedReadBackException(JsonParser parser, DatabaseException refusal) {
        super(parser, refusal.getMessage(), refusal);
    }
}
