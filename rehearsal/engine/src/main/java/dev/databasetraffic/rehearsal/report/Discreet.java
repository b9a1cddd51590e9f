package dev.databasetraffic.rehearsal.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import java.util.Map;

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

    /** Tokens are sent in headers. */
    interface Request {
        @JsonIgnore
        Map<String, String> headers();
    }

    /** Arguments and environments. */
    interface Settings {
        @JsonIgnore
        Map<String, Experiment.Variant> variants();
    }
}
