package dev.databasetraffic.plants.firestore;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.Document;
import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.DryRun;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.Plant;
import dev.databasetraffic.plants.inventory.PlantPage;
import dev.databasetraffic.plants.inventory.Plants;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plants in Firestore, on our own channel: bounded, never silently doubled, never wrongly reported. */
final class FirestorePlants implements Plants, WarmUp.Path {

    private final FirestoreCalls calls;
    private final GroupedWriter writer;
    private final PlantDocuments documents;
    private final PlantQueries queries;
    private final Duration deadline;
    private final Clock clock;
    private final DryRun dryRun;

    FirestorePlants(
            FirestoreCalls calls,
            GroupedWriter writer,
            PlantDocuments documents,
            Duration deadline,
            Clock clock,
            DryRun dryRun) {
        this.calls = calls;
        this.writer = writer;
        this.documents = documents;
        this.queries = new PlantQueries(documents);
        this.deadline = deadline;
        this.clock = clock;
        this.dryRun = dryRun;
    }

    @Override
    public CompletableFuture<Plant> add(NewPlant plant, @Nullable String idempotencyKey, Arrival arrival) {
        return within(arrival, budget -> {
            RequestIdentity identity = RequestIdentity.of(plant, idempotencyKey);
            WriteQueue.Change change = documents.create(identity, plant, now());
            if (dryRun.includes(idempotencyKey)) {
                return writer.submit(documents.nothing(identity.documentId()), budget)
                        .thenApply(nothing -> documents.plant(change.write().getUpdate()));
            }
            return recovering(
                    writer.submit(change, budget).thenApply(written -> documents.plant(written.getUpdate())),
                    Status.Code.ALREADY_EXISTS,
                    () -> settle(identity, budget));
        });
    }

    /** The document exists: it is ours, by an attempt whose answer was lost or an earlier request, or it is not. */
    private CompletableFuture<Plant> settle(RequestIdentity identity, Deadline budget) {
        return read(identity.documentId(), budget).handle((document, failure) -> {
            if (failure != null || document == null) {
                throw new PlantsException(
                        Problem.OUTCOME_UNKNOWN, "the document exists, but could not be read back: " + failure);
            }
            identity.requireOwn(PlantDocuments.tokenOf(document), PlantDocuments.isDeleted(document));
            return documents.plant(document);
        });
    }

    @Override
    public CompletableFuture<Plant> find(String id, Arrival arrival) {
        return within(
                arrival,
                budget -> read(id, budget).thenApply(document -> {
                    if (document == null || PlantDocuments.isDeleted(document)) {
                        throw new PlantsException(Problem.PLANT_NOT_FOUND, "no document, or a tombstone");
                    }
                    return documents.plant(document);
                }));
    }

    @Override
    public CompletableFuture<PlantPage> list(int pageSize, @Nullable String afterId, Arrival arrival) {
        return within(
                arrival,
                budget -> calls.query(queries.page(pageSize, afterId), budget)
                        .thenApply(responses -> queries.answer(responses, pageSize)));
    }

    @Override
    public CompletableFuture<Void> delete(String id, Arrival arrival) {
        return within(
                arrival,
                budget -> read(id, budget).thenCompose(document -> {
                    if (document == null) {
                        throw new PlantsException(Problem.PLANT_NOT_FOUND, "no document");
                    }
                    return PlantDocuments.isDeleted(document)
                            ? CompletableFuture.<Void>completedFuture(null)
                            : recovering(
                                    writer.submit(documents.delete(document, now()), budget)
                                            .<Void>thenApply(written -> null),
                                    Status.Code.FAILED_PRECONDITION,
                                    () -> confirmDeleted(id, budget));
                }));
    }

    /** The document changed since it was read, perhaps by an attempt of ours whose answer was lost. */
    private CompletableFuture<Void> confirmDeleted(String id, Deadline budget) {
        return read(id, budget).handle((document, failure) -> {
            if (failure != null) {
                throw new PlantsException(Problem.OUTCOME_UNKNOWN, "could not be read back: " + failure);
            }
            if (document != null && !PlantDocuments.isDeleted(document)) {
                throw new PlantsException(Problem.CONFLICT, "it changed while it was deleted");
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> exercise(Duration limit) {
        Deadline budget = Deadline.after(limit.toNanos(), TimeUnit.NANOSECONDS);
        String id = RequestIdentity.random().documentId();
        return writer.submit(documents.nothing(id), budget)
                .thenCompose(written -> read(id, budget))
                .thenCompose(none -> calls.query(queries.emptyPage(), budget))
                .thenApply(page -> null);
    }

    /**
     * The document, or null if there is none. Not by GetDocument, which says NOT_FOUND of a database that does not exist as
     * well: that would be told as an absence.
     */
    private CompletableFuture<@Nullable Document> read(String id, Deadline budget) {
        BatchGetDocumentsRequest request = BatchGetDocumentsRequest.newBuilder()
                .setDatabase(documents.database())
                .addDocuments(documents.nameOf(id))
                .build();
        return calls.batchGet(request, budget).thenApply(FirestorePlants::found);
    }

    private static @Nullable Document found(List<BatchGetDocumentsResponse> answers) {
        for (BatchGetDocumentsResponse answer : answers) {
            if (answer.hasFound()) {
                return answer.getFound();
            }
            if (answer.hasMissing()) {
                return null;
            }
        }
        throw new FirestoreFailure(Status.Code.INTERNAL, "nothing was told of the document", false);
    }

    private <T> CompletableFuture<T> within(Arrival arrival, Function<Deadline, CompletableFuture<T>> operation) {
        Duration left = deadline.minus(arrival.age());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(
                    new PlantsException(Problem.OVERLOADED, "DEADLINE_EXCEEDED before anything was sent"));
        }
        return operation
                .apply(Deadline.after(left.toNanos(), TimeUnit.NANOSECONDS))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        PlantsException.unwrap(failure) instanceof FirestoreFailure known
                                ? known.toException()
                                : failure));
    }

    private static <T extends @Nullable Object> CompletableFuture<T> recovering(
            CompletableFuture<T> attempt, Status.Code code, Supplier<CompletableFuture<T>> recovery) {
        return attempt.exceptionallyCompose(
                failure -> PlantsException.unwrap(failure) instanceof FirestoreFailure known && known.code() == code
                        ? recovery.get()
                        : CompletableFuture.failedFuture(failure));
    }

    private Instant now() {
        // Firestore keeps microseconds.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
