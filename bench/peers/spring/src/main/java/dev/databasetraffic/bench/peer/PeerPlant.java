package dev.databasetraffic.bench.peer;

import java.time.Instant;

record PeerPlant(String id, String name, int quantity, Instant createdAt) {}
