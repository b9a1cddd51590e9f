package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.KnownAbsence;
import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** What of the edge is not a setting. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    /** Bytes for what is read from and written to a connection at once; all of ours is shorter, but for pages. */
    private static final int CONNECTION_BUFFER = 2048;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> edge(
            HttpProperties properties, MeterRegistry registry, JsonMapper json, ObjectProvider<KnownAbsence> absence) {
        ReadyAnswer overloaded = new ReadyAnswer(Problem.OVERLOADED, properties, json);
        ReadyAnswer away = new ReadyAnswer(Problem.DATABASE_UNAVAILABLE, properties, json);
        // The server is made before what it serves.
        SingletonSupplier<KnownAbsence> known = SingletonSupplier.of(absence::getObject);
        FutileRequests futile =
                new FutileRequests(() -> known.obtain().isNow(), properties.maxFutileRequests(), System::nanoTime);
        Refusals refusals = new Refusals(registry);
        Places places =
                new Places(properties.maxRequests(), properties.maxBurst(), properties.maxWait(), System::nanoTime);
        Gauge.builder("plants.http.waiting", places, Places::waiting)
                .description("Requests that wait unread for another to end")
                .register(registry);
        return server -> {
            server.setProtocol(LoadSheddingProtocol.class.getName());
            server.addProtocolHandlerCustomizers(
                    protocol -> ((LoadSheddingProtocol) protocol).shed(overloaded, places, away, futile, refusals));
            server.addConnectorCustomizers(connector -> {
                // By default the container keeps what 200 requests in progress need, and makes more anew each time.
                connector.setProperty("processorCache", Integer.toString(properties.maxRequests()));
                connector.setProperty("socket.appReadBufSize", Integer.toString(CONNECTION_BUFFER));
                connector.setProperty("socket.appWriteBufSize", Integer.toString(CONNECTION_BUFFER));
            });
            server.addEngineValves(new RequestLog(), new Admission(properties, places, overloaded, refusals));
            server.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReport.class.getName());
                }
            });
        };
    }

    @Bean
    WebMvcConfigurer plainNegotiation() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                negotiation.strategies(List.of(new PlainAccept()));
            }
        };
    }

    /** Before Spring's own handler of futures, which takes every type of them. */
    @Bean
    SmartInitializingSingleton futureAnswers(RequestMappingHandlerAdapter adapter) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers =
                    new ArrayList<>(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            HandlerMethodReturnValueHandler bodies = handlers.stream()
                    .filter(RequestResponseBodyMethodProcessor.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            handlers.add(0, new FutureAnswers(bodies));
            adapter.setReturnValueHandlers(handlers);
        };
    }

    /** A number is no name; what is not a number in the first place is refused by a setting. */
    @Bean
    JsonMapperBuilderCustomizer noCoercionToText() {
        return mapper -> mapper.withCoercionConfig(LogicalType.Textual, coercion -> {
            for (CoercionInputShape shape : CoercionInputShape.values()) {
                if (shape != CoercionInputShape.EmptyString && shape != CoercionInputShape.String) {
                    coercion.setCoercion(shape, CoercionAction.Fail);
                }
            }
        });
    }
}
