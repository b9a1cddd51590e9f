package dev.databasetraffic.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.SampleRuns;
import dev.databasetraffic.rehearsal.experiment.SampleRuns.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@Execution(ExecutionMode.CONCURRENT)
class ReportsTests {

    @TempDir
    private Path folder;

    @Test
    void theJournalIsOneOfTheChaosToolkitWithTheWholeLedger() throws Exception {
        Sample sample = SampleRuns.held();
        Reports reports = written(sample);

        JsonNode journal = new ObjectMapper().readTree(reports.journal().toFile());
        assertThat(journal.path("status").asText()).isEqualTo("completed");
        assertThat(journal.path("deviated").asBoolean(true)).isFalse();
        assertThat(journal.at("/steady_states/before/steady_state_met").asBoolean())
                .isTrue();
        assertThat(journal.at("/steady_states/after/steady_state_met").asBoolean())
                .isTrue();
        assertThat(journal.at("/run/0/activity/provider/arguments/1").asText()).isEqualTo("start");
        assertThat(journal.at("/rollbacks/0/status").asText()).isEqualTo("succeeded");
        assertThat(journal.path("duration").asDouble()).isBetween(3.0, 30.0);
        assertThat(journal.path("start").asText()).endsWith("Z");
        assertThat(journal.at("/rehearsal/ledger/writes"))
                .hasSize(sample.run().account().outcomes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    @Test
    void aDeviationIsAFailureAndWhatWasNotBegunIsNotADeviation() throws Exception {
        ObjectMapper json = new ObjectMapper();

        JsonNode broken = json.readTree(written(SampleRuns.broken()).journal().toFile());
        JsonNode failed = json.readTree(written(SampleRuns.failed()).journal().toFile());

        assertThat(broken.path("status").asText()).isEqualTo("failed");
        assertThat(broken.path("deviated").asBoolean()).isTrue();
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("deviated").asBoolean()).isFalse();
        assertThat(failed.path("run")).isEmpty();
        assertThat(failed.at("/steady_states/before/steady_state_met").asBoolean())
                .isFalse();
    }

    @Test
    void theRunOfAJournalIsTheRunThatWasWritten() throws Exception {
        Sample sample = SampleRuns.held();

        assertIsDiscreetly(sample.run(), Journal.read(written(sample).journal()));
    }

    @Test
    void noReportShowsWhatAServiceIsStartedWithOrWhatItsHeadersSay() throws Exception {
        Reports reports = written(SampleRuns.held());

        try (Stream<Path> files = Files.list(reports.folder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(file).content(StandardCharsets.UTF_8).doesNotContain(SampleRuns.SECRET));
        }
    }

    @Test
    void thePageIsTheSameWhenItIsMadeAgainFromTheJournal() throws Exception {
        Reports reports = written(SampleRuns.held());
        String first = Files.readString(reports.page());

        Reports again = Reports.in(folder.resolve("again"));
        again.render(Journal.read(reports.journal()));

        assertThat(Files.readString(again.page())).isEqualTo(first);
    }

    @Test
    void whatIsNoJournalIsRefusedWithFileAndLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.json"), "{\n\"rehearsal\": nonsense}");
        Path other = Files.writeString(folder.resolve("other.json"), "{}");

        assertThatThrownBy(() -> Journal.read(text))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("text.json:2: ");
        assertThatThrownBy(() -> Journal.read(other))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("not a rehearsal's journal");
        assertThatThrownBy(() -> Journal.read(folder.resolve("none.json")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void thePageNeedsNothingFromOutside() throws Exception {
        String page = Files.readString(written(SampleRuns.held()).page());

        assertThat(page).contains("The hypothesis held").doesNotContain("<script", "<link", "@import", "src=");
        Matcher addresses = Pattern.compile("(?:https?:)?//[^\\s\"'<]+").matcher(page);
        List<String> found = new ArrayList<>();
        while (addresses.find()) {
            found.add(addresses.group());
        }
        assertThat(found).as("only the name of SVG's namespace").containsOnly("http://www.w3.org/2000/svg");
    }

    @Test
    void thePageSaysWhichClaimDidNotHoldAndEscapesWhatItShows() throws Exception {
        String page = Files.readString(written(SampleRuns.broken()).page());

        assertThat(page)
                .contains("The hypothesis did not hold", "<b>Writes fail during the outage:</b>")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void aRunThatWasNotCompletedSaysWhy() throws Exception {
        assertThat(written(SampleRuns.failed()).page())
                .content(StandardCharsets.UTF_8)
                .contains("could not be completed", "The steady state was not met", "Nothing was injected");
    }

    @Test
    void thePictureIsWellFormedAndNamesItsMoments() throws Exception {
        Sample sample = SampleRuns.held();
        Document svg = parse(written(sample).folder().resolve("timeline.svg"));

        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("outage", "first failure at");
        assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(20);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("steady state", "applied", "restored", "first success")
                .contains(sample.run().account().count(Outcome.NOT_WRITTEN) + " not written");
    }

    @Test
    void eachCheckIsATestCase() throws Exception {
        Document junit = parse(written(SampleRuns.broken()).junit());

        Element suite = junit.getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("10");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(((Element) suite.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .contains("tolerated: at least one; observed: 0 of");
        assertThat(parse(written(SampleRuns.failed()).junit())
                        .getElementsByTagName("error")
                        .getLength())
                .isOne();
    }

    @Test
    void metricsAreInPrometheusFormatAndSayOnlyWhatWasJudged() throws Exception {
        List<String> held = Files.readAllLines(written(SampleRuns.held()).metrics());
        List<String> broken = Files.readAllLines(written(SampleRuns.broken()).metrics());

        assertThat(held)
                .allMatch(line -> line.matches("# (HELP|TYPE) rehearsal_\\w+ .+"
                        + "|rehearsal_\\w+(\\{check=\"[a-z-]+\"\\})? \\d+(\\.\\d{3})?"))
                .contains("rehearsal_held 1", "rehearsal_completed 1", "rehearsal_check_held{check=\"duplicates\"} 1")
                .anyMatch(line -> line.startsWith("rehearsal_recover_seconds "))
                .anyMatch(line -> line.startsWith("rehearsal_longest_failure_seconds "));
        assertThat(broken)
                .contains("rehearsal_held 0", "rehearsal_completed 1", "rehearsal_check_held{check=\"writes-fail\"} 0")
                .filteredOn(line -> line.startsWith("rehearsal_check_held{"))
                .hasSize(8);
        assertThat(Files.readAllLines(written(SampleRuns.failed()).metrics()))
                .contains("rehearsal_held 0", "rehearsal_completed 0");
    }

    @Test
    void whatCanBeWrittenIsThereWhenAnotherFileCannotBe() throws Exception {
        Reports reports = Reports.in(folder);
        Files.createDirectories(reports.page().resolve("in the way"));

        assertThatThrownBy(() ->
                        reports.write(SampleRuns.held().run(), SampleRuns.held().writes()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("could not be written: report.html");
        assertIsDiscreetly(SampleRuns.held().run(), Journal.read(reports.journal()));
        assertThat(reports.junit()).isNotEmptyFile();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefusedBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Reports.in(file.resolve("out")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("--out");
    }

    private Reports written(Sample sample) throws ReportException {
        Reports reports = Reports.in(folder.resolve(sample.run().id()));
        reports.write(sample.run(), sample.writes());
        return reports;
    }

    private static Document parse(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    /** The same but for what may hold a secret. */
    private static void assertIsDiscreetly(Run written, Run read) {
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("experiment.service.start")
                .ignoringFieldsMatchingRegexes(".*\\.headers")
                .isEqualTo(written);
    }
}
