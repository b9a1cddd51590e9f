package dev.databasetraffic.rehearsal.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.experiment.Template;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** What a journal leaves out of an experiment: whatever may hold a secret. */
final class Discreet {

    private Discreet() {}

    /** Commands, environments and files. */
    interface Service {
        @JsonIgnore
        ServiceUnderTest.Start start();
    }

    /** How it is asked. */
    interface Database {
        @JsonIgnore
        DatabaseUnderTest.LoginText login();

        @JsonIgnore
        ReadBack stored();
    }

    /** Tokens are sent in headers: of each, its variables alone are told, by which a write may have its key. */
    interface Request {
        @JsonSerialize(contentUsing = VariablesAlone.class)
        Map<String, String> headers();
    }

    static final class VariablesAlone extends JsonSerializer<String> {

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeString(Template.variables(text).stream()
                    .map(name -> "${" + name + "}")
                    .collect(Collectors.joining(" ")));
        }
    }

    /** Arguments and environments. */
    interface Settings {
        @JsonIgnore
        Map<String, Experiment.Variant> variants();
    }
}
