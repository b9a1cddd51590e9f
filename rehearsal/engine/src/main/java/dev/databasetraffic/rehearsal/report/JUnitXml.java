package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A run as JUnit XML, so that any CI shows its checks as test cases: held, failed, or skipped if not judged. */
final class JUnitXml {

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static void write(Path file, Run run) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new JUnitXml(xml).write(run);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void write(Run run) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        start("testsuite");
        attribute("name", run.experiment().title());
        attribute("timestamp", run.start().toString());
        attribute("time", seconds(run.duration()));
        attribute("tests", run.checks().size() + problems(run));
        attribute("failures", run.broken().size());
        attribute("errors", problems(run));
        attribute(
                "skipped",
                run.checks().stream()
                        .filter(check -> check.result() == Check.Result.NOT_JUDGED)
                        .count());
        start("properties");
        for (Map.Entry<String, String> property : run.environment().entrySet()) {
            start("property");
            attribute("name", property.getKey());
            attribute("value", property.getValue());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        for (Check check : run.checks()) {
            testCase(run, check);
        }
        if (run.problem() != null) {
            startCase(run, "The rehearsal runs to its end");
            start("error");
            attribute("message", run.problem());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void testCase(Run run, Check check) throws XMLStreamException {
        startCase(run, check.claim() + " (" + check.tolerance() + ")");
        switch (check.result()) {
            case HELD -> {
                start("system-out");
                xml.writeCharacters(clean(check.observed()));
                xml.writeEndElement();
            }
            case BROKEN -> {
                start("failure");
                attribute("message", "tolerated: " + check.tolerance() + "; observed: " + check.observed());
                xml.writeEndElement();
            }
            case NOT_JUDGED -> {
                start("skipped");
                attribute("message", check.observed());
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private void startCase(Run run, String name) throws XMLStreamException {
        start("testcase");
        attribute("classname", "rehearsal." + run.place());
        attribute("name", name);
        attribute("time", "0");
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value.toString()));
    }

    private static int problems(Run run) {
        return run.problem() == null ? 0 : 1;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
