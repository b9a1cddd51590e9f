package dev.databasetraffic.examples.orders;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
class OrderController {

    private final JdbcTemplate jdbc;

    OrderController(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Order add(@RequestBody Order order) {
        jdbc.update(
                "insert into orders (reference, quantity) values (?, ?) on conflict (reference) do nothing",
                order.reference(),
                order.quantity());
        return order;
    }

    @GetMapping("/{reference}")
    List<Order> find(@PathVariable String reference) {
        return jdbc.query(
                "select reference, quantity from orders where reference = ?",
                DataClassRowMapper.newInstance(Order.class),
                reference);
    }
}
