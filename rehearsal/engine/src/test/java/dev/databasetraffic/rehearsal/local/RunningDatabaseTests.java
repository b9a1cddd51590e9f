package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class RunningDatabaseTests {

    @Test
    void oneThatIsNotThereIsRefusedWithAWayOut() throws IOException {
        ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String address = "127.0.0.1:" + database.getLocalPort();

        assertThatCode(() -> RunningDatabase.require(address)).doesNotThrowAnyException();

        database.close();

        assertThatThrownBy(() -> RunningDatabase.require(address))
                .isInstanceOf(PlaceException.class)
                .hasMessageStartingWith("No database is at " + address + " (database.address): ")
                .hasMessageContaining("database.start");
    }

    @Test
    void aNameThatNobodyHasIsSaidToBeUnknown() {
        assertThatThrownBy(() -> RunningDatabase.require("nobody.invalid:5432"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("nobody.invalid");
    }
}
