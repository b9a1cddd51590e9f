package dev.databasetraffic.examples.reviews;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** @param reference the caller's name for it; asking twice for the same one is asking once */
@Document("reviews")
record Review(@Id String reference, int stars) {}
