package dev.databasetraffic.bench.peer;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/plants")
class PeerController {

    private final CollectionReference plants;

    PeerController(Firestore firestore) {
        plants = firestore.collection("plants");
    }

    @PostMapping
    ResponseEntity<PeerPlant> add(@Valid @RequestBody NewPeerPlant plant)
            throws ExecutionException, InterruptedException {
        Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        DocumentReference document = plants.document();
        document.create(Map.of(
                        "name", plant.name(),
                        "quantity", plant.quantityOrOne(),
                        "createdAt", Timestamp.ofTimeSecondsAndNanos(createdAt.getEpochSecond(), createdAt.getNano())))
                .get();
        return ResponseEntity.created(URI.create("/plants/" + document.getId()))
                .body(new PeerPlant(document.getId(), plant.name(), plant.quantityOrOne(), createdAt));
    }
}
