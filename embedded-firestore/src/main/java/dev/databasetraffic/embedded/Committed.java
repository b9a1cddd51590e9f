package dev.databasetraffic.embedded;

import com.google.firestore.v1.WriteResult;
import com.google.protobuf.Timestamp;
import java.util.List;

/**
 * What became of a commit.
 *
 * @param documents all that was stored then
 */
record Committed(Timestamp time, List<WriteResult> results, Documents documents) {}
