package dev.databasetraffic.plants.edge;

import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Gives the management server threads of its own. On virtual ones, as Boot gives it, a question after the service's health
 * waits behind every request that was taken on, and where there is one processor who is at his limit is taken for dead.
 * Boot makes it for that server alone, as {@code META-INF/spring} says.
 */
final class ManagementThreads implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private static final int MOST = 4;

    @Override
    public void customize(ConfigurableTomcatWebServerFactory server) {
        server.addConnectorCustomizers(connector -> {
            AbstractProtocol<?> http = (AbstractProtocol<?>) connector.getProtocolHandler();
            http.setExecutor(null);
            http.setMinSpareThreads(1);
            http.setMaxThreads(MOST);
        });
    }

    /** After Boot's own. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
