package dev.databasetraffic.examples.reviews;

import org.springframework.data.mongodb.repository.MongoRepository;

interface ReviewRepository extends MongoRepository<Review, String> {}
