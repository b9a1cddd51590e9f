package dev.databasetraffic.echo;

import java.io.File;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Writes the port of the management server, and not that of the main server, which has none. */
@Component
@ConditionalOnProperty("echo.management-port-file")
class ManagementPortFile extends WebServerPortFileWriter {

    private final File file;

    ManagementPortFile(@Value("${echo.management-port-file}") File file) {
        super(file);
        this.file = file;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
            super.onApplicationEvent(event);
        }
    }

    @Override
    protected File getPortFile(ApplicationContext applicationContext) {
        return file;
    }
}
