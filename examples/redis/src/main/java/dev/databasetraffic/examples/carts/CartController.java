package dev.databasetraffic.examples.carts;

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
        articles.forEach((article, count) ->
                redis.<String, String>opsForHash().put("cart:" + cart, article, String.valueOf(count)));
        return articles;
    }

    @GetMapping
    Map<String, String> get(@PathVariable String cart) {
        return redis.<String, String>opsForHash().entries("cart:" + cart);
    }
}
