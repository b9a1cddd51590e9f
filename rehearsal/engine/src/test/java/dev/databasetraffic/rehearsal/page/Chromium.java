package dev.databasetraffic.rehearsal.page;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's own browser. */
final class Chromium implements AutoCloseable {

    static final String MISSING =
            "there is no Chromium with its driver on the PATH; Debian has both in chromium and chromium-driver";

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** It warns that it does not know the protocol of so new a browser, of which nothing is used that changes. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isThere() {
        return find(BROWSERS).isPresent() && find(List.of("chromedriver")).isPresent();
    }

    /** Starts it without a window, 1280 by 900. */
    static Chromium start() {
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find(BROWSERS).orElseThrow());
        // A container has no sandbox to offer, and little shared memory.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--lang=en",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find(List.of("chromedriver")).orElseThrow())
                .usingAnyFreePort()
                .withTimeout(PATIENCE)
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    /** Returns when the page shows a system. */
    void open(URI page) {
        // What differs in the fragment alone would not be loaded again.
        driver.get("about:blank");
        driver.get(page.toString());
        await().atMost(PATIENCE).until(() -> find("#graph").isDisplayed());
    }

    void emulate(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Once more if the page draws it anew between the look and the click. */
    void click(String css) {
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> find(css).click());
    }

    /** What a person reads there; empty if there is nothing. Asked in one go, as the page may draw it anew at any time. */
    String text(String css) {
        return String.valueOf(
                driver.executeScript("return document.querySelector(arguments[0])?.innerText ?? ''", css));
    }

    /** What the graph says of a way, as a screen reader hears it; empty if it shows none that begins so. */
    String rate(String way) {
        return String.valueOf(driver.executeScript(
                "return [...document.querySelectorAll('.rate')].map((label) => label.textContent)"
                        + ".find((text) => text.startsWith(arguments[0])) ?? ''",
                way));
    }

    Object evaluate(String script) {
        return driver.executeScript("return " + script);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** What the page complained of since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What a checker of accessibility finds wrong, a line each: which rule, and where. */
    @SuppressWarnings("unchecked")
    List<String> barriers() throws IOException {
        try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then((found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
                  rule.id + ": " + node.target.join(" ") + " (" + node.failureSummary.replaceAll("\\n", " ") + ")"))),
                  (problem) => done(["it does not run: " + problem]));""");
    }

    /** The whole page as PNG, where {@code page.pictures} names a folder for it. */
    void picture(String name) throws IOException {
        String folder = System.getProperty("page.pictures", "");
        if (!folder.isEmpty()) {
            Files.write(
                    Files.createDirectories(Path.of(folder)).resolve(name + ".png"),
                    driver.getScreenshotAs(OutputType.BYTES));
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<File> find(List<String> programs) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> programs.stream().map(program -> new File(folder, program)))
                .filter(File::canExecute)
                .findFirst();
    }
}
