package dev.databasetraffic.embedded;

import com.google.common.collect.Iterators;
import com.google.firestore.v1.RunQueryResponse;
import com.google.protobuf.ByteString;
import java.util.Iterator;

/** A query's results as the genuine emulator sends them: the last says so. */
final class QueryAnswers implements Iterator<RunQueryResponse> {

    private final Query query;
    private final Store.Reading reading;
    private final Iterator<StoredDocument> results;
    private boolean begun;
    private boolean done;

    private QueryAnswers(Query query, Store.Reading reading) {
        this.query = query;
        this.reading = reading;
        results = query.results(reading.documents()).iterator();
    }

    /** @param transaction the one that the query has begun; empty for none */
    static Iterator<RunQueryResponse> of(Query query, Store.Reading reading, ByteString transaction) {
        Iterator<RunQueryResponse> answers = new QueryAnswers(query, reading);
        return transaction.isEmpty()
                ? answers
                : Iterators.concat(
                        Iterators.singletonIterator(RunQueryResponse.newBuilder()
                                .setTransaction(transaction)
                                .build()),
                        answers);
    }

    @Override
    public boolean hasNext() {
        return !done;
    }

    @Override
    public RunQueryResponse next() {
        RunQueryResponse.Builder answer = RunQueryResponse.newBuilder().setReadTime(reading.time());
        if (results.hasNext()) {
            answer.setDocument(results.next().view(query.projection()));
        }
        done = !results.hasNext();
        if (done) {
            answer.setDone(true);
        } else if (!begun) {
            answer.setSkippedResults(query.offset());
        }
        begun = true;
        return answer.build();
    }
}
