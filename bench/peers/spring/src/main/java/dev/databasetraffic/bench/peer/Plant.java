package dev.databasetraffic.bench.peer;

import java.time.Instant;

record Plant(String id, String name, int quantity, Instant createdAt) {}
