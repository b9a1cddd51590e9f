package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage as a person sees it: the real service, the real emulator, the router's own counters, a real browser. */
@Tag("long")
class LocalSystemInBrowserIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** What each step takes on a quiet machine is a second or two. */
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    static Path logs;

    private static Chromium browser;
    private static LocalPlace place;
    private static LivePage page;
    private static PlaceControls controls;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.isThere(), Chromium.MISSING);
        Experiment experiment = ExperimentFile.read(HOME.resolve("experiments/black-hole.yaml"));
        page = LivePage.start("The local system", 0);
        place = LocalPlace.open(
                new PlaceOptions(HOME, logs, 0, DRAIN, Map.of(), page::say), experiment, HOME.resolve("experiments"));
        controls = new PlaceControls(
                place,
                HOME.resolve("istio/outage"),
                place.wire(),
                new LiveLoad(place.service(), experiment, page::ended),
                new SampleRequest("POST", "/plants", Map.of("name", "sunflower")),
                page::happened);
        place.onMeshEvent(controls::heard);
        page.watch(place.watched());
        page.offer(controls);
        browser = Chromium.start();
        browser.emulate(1280, 1400, false);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (controls != null) {
            controls.close();
        }
        if (place != null) {
            place.close();
        }
        if (page != null) {
            page.close();
        }
    }

    @Test
    void anOutageIsSeenFromItsBeginToItsEnd() throws Exception {
        browser.open(page.address());
        browser.find("#load-up").click();
        await().atMost(SOON).until(() -> controls.rate() == 1);
        browser.find("#load-up").click();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(browser.rate("callers to plants")).containsPattern("[1-9]\\d*(\\.\\d)? requests/s");
            assertThat(browser.rate("plants to firestore.googleapis.com"))
                    .contains("B/s")
                    .doesNotContain("no traffic", "– B/s");
            assertThat(browser.text("#log")).contains("✅ success");
        });
        browser.picture("local-before");

        browser.find("[data-id=black-hole] button").click();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#moments"))
                        .contains("Outage applied", "First connection diverted", "First failure that a caller saw"));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(browser.rate("plants to firestore.googleapis.com"))
                    .contains("0 B/s", "0 open", "no traffic for");
            assertThat(browser.rate("plants to echo.plants.svc.cluster.local:80"))
                    .contains("B/s");
            assertThat(browser.text("#log")).contains("🚫");
            assertThat(browser.find("#timeline").getDomAttribute("aria-label")).contains("not written");
        });
        browser.find(".badge").click();
        assertThat(browser.text("#rule")).contains("VirtualService plants/firestore-outage", "black-hole.yaml");
        browser.picture("local-during");

        browser.find("#stop").click();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(browser.text("#moments")).contains("First success after the outage");
            assertThat(browser.all(".badge")).isEmpty();
            assertThat(browser.rate("plants to firestore.googleapis.com")).doesNotContain("no traffic");
        });
        browser.picture("local-after");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPlantIsPlantedAndAFaultOfTheWireIsFelt() {
        browser.open(page.address());
        browser.find("#sample-form button").click();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#sample-answer"))
                        .startsWith("201 after")
                        .contains("location: /plants/", "sunflower"));

        browser.find("#wire summary").click();
        browser.find("[data-id='wire/reset'] button").click();
        await().atMost(SOON).until(() -> browser.text(".node.service").contains("fault on the wire: reset"));
        browser.find("#sample-form button").click();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#sample-answer"))
                        .startsWith("503 after")
                        .contains("not-written", "retry-after"));

        browser.find("#stop").click();
        await().atMost(SOON).untilAsserted(() -> {
            browser.find("#sample-form button").click();
            assertThat(browser.text("#sample-answer")).startsWith("201 after");
        });
        assertThat(browser.complaints()).isEmpty();
    }
}
