package dev.databasetraffic.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.admission.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenTextTests {

    private static final Path MANIFESTS = Path.of("src/test/resources/admission/taken.yaml");
    private static final Pattern INNARDS = Pattern.compile("java\\.|jackson|snakeyaml|Exception");
    private static final List<String> MARKS = List.of(
            "*",
            "&a",
            "*a",
            "!!int",
            "!",
            "|",
            ">",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "\t",
            "- ",
            ": ",
            "? ",
            "#",
            "%",
            "@",
            "---\n",
            "...\n",
            "<<: ",
            "~",
            "\0",
            "\uFEFF",
            "{{ .Values.x }}",
            "99999999999999999999",
            "\u0085",
            "😀");

    @ParameterizedTest
    @ValueSource(strings = {"text.yaml", "text.json"})
    void whateverIsReadThereAreManifestsOrSentencesOfOneLine(String name) throws Exception {
        String all = Files.readString(MANIFESTS);
        List<String> json = Text.documents(MANIFESTS, all).stream()
                .map(document -> document.tree().toString())
                .toList();
        Random chance = new Random(name.hashCode());
        int read = 0;
        int refused = 0;
        int empty = 0;
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] text = name.endsWith("json")
                    ? broken(json.get(chance.nextInt(json.size())).getBytes(StandardCharsets.UTF_8), chance)
                    : broken(all.getBytes(StandardCharsets.UTF_8), chance);

            Reading reading = new ManifestReader().read(Path.of(name), new ByteArrayInputStream(text));

            read += reading.manifests().isEmpty() ? 0 : 1;
            refused += reading.problems().isEmpty() ? 0 : 1;
            said.addAll(reading.problems().stream().map(Throwable::getMessage).toList());
            said.addAll(AdmissionControl.of(reading.manifests()).stream()
                    .map(Refusal::toString)
                    .toList());
            empty += reading.problems().isEmpty() && reading.manifests().isEmpty() ? 1 : 0;
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
        assertThat(empty).isZero();
        assertThat(said)
                .allMatch(sentence ->
                        sentence.startsWith(name + ":") && sentence.chars().noneMatch(Character::isISOControl))
                .noneMatch(sentence -> INNARDS.matcher(sentence).find());
    }

    /** Takes a piece, and cuts, doubles, moves or overwrites something in it. */
    private static byte[] broken(byte[] all, Random chance) {
        int from = all[0] == '{' ? 0 : chance.nextInt(all.length / 2);
        List<Byte> bytes = new ArrayList<>();
        for (byte each : Arrays.copyOfRange(all, from, Math.min(all.length, from + 200 + chance.nextInt(1_500)))) {
            bytes.add(each);
        }
        for (int i = chance.nextInt(4); i >= 0 && !bytes.isEmpty(); i--) {
            int at = chance.nextInt(bytes.size());
            int length = Math.min(bytes.size() - at, 1 + chance.nextInt(12));
            switch (chance.nextInt(4)) {
                case 0 -> bytes.subList(at, at + length).clear();
                case 1 -> bytes.addAll(at, List.copyOf(bytes.subList(at, at + length)));
                case 2 -> bytes.set(at, (byte) chance.nextInt(256));
                default -> {
                    for (byte each : MARKS.get(chance.nextInt(MARKS.size())).getBytes(StandardCharsets.UTF_8)) {
                        bytes.add(at++, each);
                    }
                }
            }
        }
        byte[] text = new byte[bytes.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = bytes.get(i);
        }
        return text;
    }
}
