package dev.databasetraffic.rehearsal.report;

import java.io.IOException;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of JUnit XML, each on a line of its own. */
public final class JUnitWriter {

    private final XMLStreamWriter xml;

    private JUnitWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Begins a document of UTF-8; the writer stays open at its end. */
    public static JUnitWriter on(Writer out) throws IOException {
        try {
            JUnitWriter writer =
                    new JUnitWriter(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out));
            writer.xml.writeStartDocument("UTF-8", "1.0");
            return writer;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    public JUnitWriter start(String element) throws IOException {
        return written(() -> {
            xml.writeCharacters("\n");
            xml.writeStartElement(element);
        });
    }

    public JUnitWriter attribute(String name, Object value) throws IOException {
        return written(() -> xml.writeAttribute(name, clean(value.toString())));
    }

    public JUnitWriter text(String text) throws IOException {
        return written(() -> xml.writeCharacters(clean(text)));
    }

    public JUnitWriter end() throws IOException {
        return written(xml::writeEndElement);
    }

    public JUnitWriter startCase(String className, String name) throws IOException {
        return start("testcase")
                .attribute("classname", className)
                .attribute("name", name)
                .attribute("time", "0");
    }

    /** An element with nothing but a message. */
    public JUnitWriter message(String element, String message) throws IOException {
        return start(element).attribute("message", message).end();
    }

    public void endDocument() throws IOException {
        written(() -> {
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        });
    }

    private JUnitWriter written(Step step) throws IOException {
        try {
            step.write();
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }

    @FunctionalInterface
    private interface Step {

        void write() throws XMLStreamException;
    }
}
