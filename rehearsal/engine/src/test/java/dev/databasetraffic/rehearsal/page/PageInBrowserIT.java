package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.mesh.traffic.RuleInForce.Destination;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** What a person sees and does, in a real browser, with a system whose every figure is known. */
@Tag("long")
class PageInBrowserIT {

    private static final String DATABASE = FakeSystem.HOST + ":443";
    private static final String ECHO = "echo.shop.svc.cluster.local:80";
    private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";
    private static final int PHONE = 360;

    private static Chromium browser;

    private final FakeSystem system = new FakeSystem();
    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private LivePage page;

    /** Where connections are led at the moment. */
    private volatile String target = DATABASE;

    @BeforeAll
    static void startBrowser() {
        assumeTrue(Chromium.isThere(), Chromium.MISSING);
        browser = Chromium.start();
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        page = LivePage.start("A test", 0);
        page.watch(system);
        page.offer(system);
        traffic.scheduleAtFixedRate(this::flow, 0, 100, TimeUnit.MILLISECONDS);
        browser.emulate(1280, 900, false);
        browser.dark(false);
        browser.open(page.address());
    }

    @AfterEach
    void end() {
        traffic.shutdownNow();
        page.close();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theGraphShowsTheFlowTheRuleAndWhereTheFlowGoesInstead() throws Exception {
        soon().untilAsserted(() -> {
            assertThat(browser.rate("callers to shop")).matches("(?s).*(9|10|11)(\\.\\d)? requests/s.*");
            assertThat(browser.rate("shop to db.example.com")).contains("kB/s", "2 open");
        });
        assertThat(browser.all(".badge")).isEmpty();
        assertThat(browser.text("#graph")).doesNotContain("echo");

        system.rule(blackHole());
        system.tell(MeshEvent.Kind.APPLIED);
        soon().untilAsserted(() -> assertThat(browser.text(".node.database")).contains("rule in force"));
        assertThat(browser.text("#drain")).matches("open connections live \\d+\\.\\d s more");
        browser.click(".badge");
        assertThat(browser.text("#rule"))
                .contains("VirtualService shop/db-outage", "are led to " + ECHO, "black-hole.yaml", "spec: {}");

        target = ECHO;
        system.flow(DATABASE, 0, 0, 0, 0);
        system.tell(MeshEvent.Kind.OLD_CONNECTION_GONE);
        soon().untilAsserted(() -> {
            assertThat(browser.text(".node.diversion")).contains(ECHO);
            assertThat(browser.rate("shop to db.example.com")).contains("0 B/s", "0 open", "no traffic for");
            assertThat(browser.rate("shop to echo")).contains("kB/s");
        });
        assertThat(browser.find("#drain").isDisplayed()).isFalse();
        assertThat(browser.text("#moments")).contains("Outage applied", "Last connection to the database gone");

        target = DATABASE;
        system.rule();
        system.tell(MeshEvent.Kind.REMOVED);
        soon().untilAsserted(() -> {
            assertThat(browser.all(".badge")).isEmpty();
            assertThat(browser.rate("shop to db.example.com")).contains("kB/s").doesNotContain("no traffic");
        });
        assertThat(browser.find("#rule").isDisplayed()).isFalse();
    }

    @Test
    void severalReplicasAreDrawnAsTheyAreAndWhatNobodyCountsIsADash() {
        system.replicas("shop-1", "shop-2");
        system.countsNoRequests();

        soon().untilAsserted(() -> {
            assertThat(browser.all(".node.service")).hasSize(2);
            assertThat(browser.rate("callers to shop-2")).contains("– requests/s");
            assertThat(browser.rate("shop-1 to db.example.com")).contains("kB/s");
        });
    }

    @ParameterizedTest
    @CsvSource({"1280, 1, false", "1280, 3, false", "1600, 2, false", "700, 2, false", "360, 2, true"})
    void noFigureOfTheGraphLiesOnAnother(int width, int replicas, boolean phone) throws Exception {
        browser.emulate(width, 900, phone);
        system.replicas(IntStream.rangeClosed(1, replicas)
                .mapToObj(number -> "shop-6b9c6b485c-27hj" + number)
                .toArray(String[]::new));
        system.rule(blackHole());
        system.flow(ECHO, 1, 1, 1, 10_000);
        soon().untilAsserted(() -> {
            assertThat(browser.all("#graph .rate")).hasSize(3 * replicas);
            assertThat(browser.all("#graph .edge:not(.flow)")).hasSize(3 * replicas);
        });
        browser.picture("graph-" + width + "-" + replicas);

        assertThat(browser.evaluate("""
                (() => {
                  const home = document.querySelector('#graph').getBoundingClientRect();
                  const shown = [...document.querySelectorAll('#graph .rate, #graph .node')]
                    .map((each) => [each.textContent, each.getBoundingClientRect()]);
                  const apart = (one, other) => one.right <= other.left + 2 || other.right <= one.left + 2
                    || one.bottom <= other.top + 2 || other.bottom <= one.top + 2;
                  return shown.flatMap(([text, box], index) => [
                    ...(box.left < home.left - 1 || box.right > home.right + 1 ? [text + ' is not within the graph'] : []),
                    ...shown.slice(index + 1).filter(([, other]) => !apart(box, other)).map(([other]) => text + ' lies on ' + other)]);
                })()""")).asInstanceOf(LIST).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCheckerOfAccessibilityFindsNoBarrierInEitherScheme(boolean dark) throws Exception {
        browser.dark(dark);
        system.rule(blackHole());
        system.flow(ECHO, 1, 1, 1, 10_000);
        system.log("🚫 failed");
        system.log("✅ success");
        system.tell(MeshEvent.Kind.APPLIED);
        page.ended(write(Outcome.ACKNOWLEDGED, 201, ""));
        page.ended(write(Outcome.NOT_WRITTEN, 503, "urn:problem"));
        soon().untilAsserted(() -> {
            assertThat(browser.all(".badge")).hasSize(1);
            assertThat(browser.all("#log p")).hasSize(2);
            assertThat(browser.text("#moments")).contains("First failure");
        });
        browser.click(".badge");
        browser.click("#mesh-outages button");
        browser.click("#wire summary");
        soon().untilAsserted(() -> assertThat(browser.find("#mesh-outages li").getDomAttribute("class"))
                .contains("in-force"));
        assertThat(browser.barriers()).isEmpty();

        page.end(new Ending(
                dark ? "broken" : "held",
                "The end",
                List.of("a remark"),
                List.of(new Ending.Claim("held", "Writes succeed", "5 of 5", "at least 99 %")),
                "<!doctype html><title>the report</title>",
                "rehearsals/report.html"));
        soon().until(() -> browser.find("#verdict").isDisplayed());
        assertThat(browser.barriers()).isEmpty();
    }

    @Test
    void anOutageIsSwitchedByClickAndByKeyboard() {
        assertThat(browser.text("#mesh-outages button")).isEqualTo("Start");
        browser.click("#mesh-outages button");
        soon().untilAsserted(() -> assertThat(system.switched).containsExactly("begin silent cut"));
        soon().untilAsserted(
                        () -> assertThat(browser.text("#mesh-outages button")).isEqualTo("End"));
        assertThat(browser.find("#mesh-outages li").getDomAttribute("class")).contains("in-force");

        browser.find("#stop").sendKeys(Keys.ENTER);
        soon().untilAsserted(() -> assertThat(system.switched).endsWith("end"));
        soon().untilAsserted(
                        () -> assertThat(browser.text("#mesh-outages button")).isEqualTo("Start"));

        browser.find("#wire summary").sendKeys(Keys.ENTER);
        browser.find("#cut").sendKeys(Keys.SPACE);
        browser.find("#wire-outages button").sendKeys(Keys.SPACE);
        soon().untilAsserted(() -> assertThat(system.switched).endsWith("begin wire/reset"));
        soon().untilAsserted(() -> assertThat(browser.text(".node.service")).contains("fault on the wire: reset"));
    }

    @Test
    void everyControlIsReachedByTheTabKeyAlone() {
        soon().until(() -> browser.find("#stop").isDisplayed());
        browser.find("body").sendKeys(Keys.TAB);
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            WebElement focused = browser.driver().switchTo().activeElement();
            reached.add(focused.getDomAttribute("id") + " " + focused.getTagName());
            focused.sendKeys(Keys.TAB);
        }
        assertThat(reached)
                .contains("log-failures input", "log-filter input", "log-pause button", "log div", "null summary")
                .contains("load-up button", "copy button", "curl pre");
    }

    @Test
    void theLoadGoesUpAndDown() {
        browser.click("#load-up");
        soon().untilAsserted(() -> assertThat(browser.text("#load-rate")).isEqualTo("1 write/s"));
        browser.click("#load-up");
        soon().untilAsserted(() -> assertThat(browser.text("#load-rate")).isEqualTo("5 writes/s"));
        browser.click("#load-down");
        soon().untilAsserted(() -> assertThat(system.rate()).isEqualTo(1));
    }

    @Test
    void theTimelineDrawsWhatBecameOfWritesAndNamesTheFirstFailure() {
        system.tell(MeshEvent.Kind.APPLIED);
        for (int n = 0; n < 7; n++) {
            page.ended(write(Outcome.ACKNOWLEDGED, 201, ""));
        }
        page.ended(write(Outcome.NOT_WRITTEN, 503, HOSTILE));

        soon().untilAsserted(() -> assertThat(browser.find("#timeline").getDomAttribute("aria-label"))
                .contains("not written", "acknowledged", "median wait"));
        assertThat(browser.all("#timeline path.outcome-1")).isNotEmpty();
        assertThat(browser.text("#moments")).contains("First failure that a caller saw", HOSTILE);
        assertThat(browser.evaluate("window.hit")).isNull();
    }

    @Test
    void whatTheServiceLogsIsTextWhateverItSays() {
        system.log("✅ success");
        system.log("🚫 failed adding plant: " + HOSTILE);
        system.log("\u001b[31mred\u001b[0m </p></div><style>body{display:none}</style>");

        soon().untilAsserted(() -> assertThat(browser.all("#log p")).hasSize(3));
        assertThat(browser.text("#log")).contains(HOSTILE, "<style>body{display:none}</style>");
        assertThat(browser.all("#log .bad")).hasSize(1);
        assertThat(browser.all("#log .good")).hasSize(1);
        assertThat(browser.all("#log img, #log script, #log style")).isEmpty();
        assertThat(browser.evaluate("window.hit")).isNull();

        browser.click("#log-failures");
        assertThat(browser.all("#log p")).hasSize(1);
        browser.click("#log-failures");
        browser.find("#log-filter").sendKeys("SUCCESS");
        assertThat(browser.all("#log p")).hasSize(1);
        browser.find("#log-filter").clear();
        browser.find("#log-filter").sendKeys(Keys.chord("x", Keys.BACK_SPACE));

        browser.click("#log-pause");
        system.log("while it is paused");
        soon().until(() -> browser.text("#log-pause").equals("Go on"));
        assertThat(browser.text("#log")).doesNotContain("while it is paused");
        browser.click("#log-pause");
        soon().untilAsserted(() -> assertThat(browser.text("#log")).contains("while it is paused"));
    }

    @Test
    void aHostileNameIsSentAndAnsweredAsText() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/orders", exchange -> {
            byte[] echo = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(201, echo.length);
            exchange.getResponseBody().write(echo);
            exchange.close();
        });
        service.start();
        try {
            system.address(URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
            WebElement name = browser.find("#sample-fields input");
            name.clear();
            name.sendKeys("it's " + HOSTILE);
            assertThat(browser.text("#curl")).contains("it'\\''s <img src=x");
            name.sendKeys(Keys.ENTER);

            soon().untilAsserted(() -> assertThat(browser.text("#sample-answer"))
                    .startsWith("201 after")
                    .contains("window.hit=1", "content-type: text/html"));
            assertThat(browser.all("#sample-answer img")).isEmpty();
            assertThat(browser.evaluate("window.hit")).isNull();
        } finally {
            service.stop(0);
        }
    }

    @Test
    void whoOpensItWithoutTheTokenLooksAndCannotSwitch() {
        String main = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        try {
            browser.driver().get(page.address().toString().replaceFirst("#.*", ""));
            soon().untilAsserted(() ->
                    assertThat(browser.rate("shop to db.example.com")).contains("kB/s"));
            assertThat(browser.find("#readonly").isDisplayed()).isTrue();
            assertThat(browser.find("#switches").isDisplayed()).isFalse();
            assertThat(browser.find("#load").isDisplayed()).isFalse();
        } finally {
            browser.driver().close();
            browser.driver().switchTo().window(main);
        }
    }

    @Test
    void twoViewersSeeTheSame() {
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.WINDOW);
        String second = browser.driver().getWindowHandle();
        try {
            browser.open(page.address());
            soon().until(() -> browser.find("#stop").isDisplayed());
            browser.click("#mesh-outages button");
            soon().untilAsserted(() ->
                    assertThat(browser.text("#mesh-outages button")).isEqualTo("End"));

            browser.driver().switchTo().window(first);
            soon().untilAsserted(() ->
                    assertThat(browser.text("#mesh-outages button")).isEqualTo("End"));
        } finally {
            browser.driver().switchTo().window(second).close();
            browser.driver().switchTo().window(first);
        }
    }

    @Test
    void anotherSiteInTheSameBrowserSwitchesNothing() throws Exception {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] html =
                """
                <form method=post enctype=text/plain action='%soutage/start'><input name='{"id":"silent","x":"' value='"}'></form>
                <script>document.forms[0].submit()</script>""".formatted(page.address().toString().replaceFirst("#.*", "")).getBytes(StandardCharsets.UTF_8);
        site.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        site.start();
        try {
            browser.driver().get("http://localhost:" + site.getAddress().getPort() + "/");
            soon().untilAsserted(() ->
                    assertThat(browser.text("body")).contains("Only the page itself may switch something"));
            assertThat(system.switched).isEmpty();
            // The browser complains of the refusal, as it should.
            assertThat(browser.complaints()).anyMatch(line -> line.contains("403"));
        } finally {
            site.stop(0);
        }
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() throws Exception {
        browser.emulate(PHONE, 780, true);
        browser.open(page.address());
        system.rule(blackHole());
        system.flow(ECHO, 1, 1, 1, 10_000);
        system.log("a line without any place to break it ".replace(' ', '-').repeat(20));
        soon().untilAsserted(() -> {
            assertThat(browser.all(".badge")).hasSize(1);
            assertThat(browser.all("#log p")).hasSize(1);
        });
        browser.click(".badge");

        Number width = (Number) browser.evaluate("document.documentElement.scrollWidth");
        assertThat(width.intValue()).isLessThanOrEqualTo(PHONE);
        browser.picture("phone-graph");
    }

    @Test
    void aRunShowsItsPhaseItsCountsAndItsRows() {
        assertThat(browser.find("#run").isDisplayed()).isFalse();
        Progress progress = page.progress();
        page.step("3 / 8  guarded  reset");
        progress.phase(Phase.OUTAGE, Duration.ofSeconds(25));
        progress.tick(new Progress.Tick(Phase.OUTAGE, Duration.ofSeconds(1), Duration.ofSeconds(25), 1_250, 17, 4, 2));
        page.row("✓ guarded echo " + HOSTILE);

        soon().untilAsserted(() -> {
            assertThat(browser.text("#run-title")).isEqualTo("3 / 8 guarded reset: outage");
            assertThat(browser.text("#count-acknowledged")).isEqualTo("1,250");
            assertThat(browser.text("#count-failed")).isEqualTo("17");
            assertThat(browser.text("#rows")).contains("✓ guarded echo " + HOSTILE);
        });
        assertThat(browser.evaluate("window.hit")).isNull();
        assertThat(browser.find("#run-progress").getDomAttribute("max")).isEqualTo("25000");
    }

    @Test
    void aPageThatIsLeftOpenSaysThatItEndedAndKeepsTheReport() {
        soon().until(() -> browser.text("#connection").equals("live"));
        page.end(new Ending(
                "broken",
                "The hypothesis did not hold: " + HOSTILE,
                List.of("a remark"),
                List.of(new Ending.Claim("broken", "Writes succeed", "0 of 5", "at least 99 %")),
                "<!doctype html><title>the report</title><h1>All of it</h1>",
                "rehearsals/report.html"));
        page.close();

        soon().untilAsserted(() -> assertThat(browser.text("#connection")).isEqualTo("ended"));
        assertThat(browser.text("#verdict"))
                .contains("The hypothesis did not hold", "✗ Writes succeed", "0 of 5", "rehearsals/report.html");
        assertThat(browser.evaluate("window.hit")).isNull();
        assertThat(browser.find("#load-up").isEnabled()).isFalse();

        String main = browser.driver().getWindowHandle();
        browser.click("#report a");
        soon().until(() -> browser.driver().getWindowHandles().size() == 2);
        browser.driver().getWindowHandles().stream()
                .filter(window -> !window.equals(main))
                .findFirst()
                .ifPresent(browser.driver().switchTo()::window);
        soon().untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("All of it"));
        browser.driver().close();
        browser.driver().switchTo().window(main);
    }

    /** A second or two on a quiet machine. What the page draws anew while it is looked at is looked at once more. */
    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40)).ignoreException(StaleElementReferenceException.class);
    }

    private void flow() {
        system.asked(1);
        system.flow(target, 2, 0, 0, 1_000);
    }

    private static RuleInForce blackHole() {
        return new RuleInForce(
                FakeSystem.HOST,
                "VirtualService shop/db-outage",
                "outages/black-hole.yaml:14",
                "kind: VirtualService\nspec: {}\n",
                List.of(new Destination(ECHO, 1)));
    }

    private static Write write(Outcome outcome, int status, String kind) {
        return new Write(
                0,
                Duration.ZERO,
                Duration.ofMillis(12),
                new Answer(outcome, status, kind, true),
                Write.Settlement.NONE);
    }
}
