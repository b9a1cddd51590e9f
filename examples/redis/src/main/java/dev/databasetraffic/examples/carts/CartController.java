package dev.databasetraffic.examples.carts;

import java.util.HashMap;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/carts/{cart}")
class CartController {

    private final StringRedisTemplate redis;

    CartController(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Sets how many of an article are in the cart. Asking twice is asking once. */
    @PutMapping
    Map<String, Integer> put(@PathVariable String cart, @RequestBody Map<String, Integer> articles) {
        Map<String, String> counts = new HashMap<>();
        articles.forEach((article, count) -> counts.put(article, String.valueOf(count)));
        // In one command: of several, the first may be done when there is no way for the next.
        if (!counts.isEmpty()) {
            redis.<String, String>opsForHash().putAll("cart:" + cart, counts);
        }
        return articles;
    }

    @GetMapping
    Map<String, String> get(@PathVariable String cart) {
        return redis.<String, String>opsForHash().entries("cart:" + cart);
    }
}
