package dev.databasetraffic.examples.reviews;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/reviews")
class ReviewController {

    private final ReviewRepository reviews;

    ReviewController(ReviewRepository reviews) {
        this.reviews = reviews;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Review add(@RequestBody Review review) {
        return reviews.save(review);
    }

    @GetMapping("/{reference}")
    ResponseEntity<Review> find(@PathVariable String reference) {
        Optional<Review> found = reviews.findById(reference);
        return ResponseEntity.of(found);
    }
}
