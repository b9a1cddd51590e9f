package dev.databasetraffic.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshConfigTests {

    private static final String MESH = """
            outboundTrafficPolicy: {mode: REGISTRY_ONLY}
            rootNamespace: mesh-root
            defaultServiceExportTo: ["."]
            defaultVirtualServiceExportTo: [shop, edge]
            defaultDestinationRuleExportTo: ["*"]
            defaultConfig: {drainDuration: 5s}
            accessLogFile: /dev/stdout
            """;

    @TempDir
    private Path folder;

    private MeshConfig read(String text) throws Exception {
        return MeshConfig.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MESH",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata:\n  meshNetworks: \"\"\n  mesh: |\n    MESH",
                "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  meshConfig:\n    MESH",
                "global: {hub: example}\nmeshConfig:\n  MESH",
            })
    void sameConfigurationIsReadInEachOfItsWrappings(String wrapping) throws Exception {
        int indent = wrapping.length() - "MESH".length() - (wrapping.lastIndexOf('\n') + 1);

        MeshConfig config = read(wrapping.replace("MESH", MESH.indent(indent).strip()));

        assertThat(config.options())
                .isEqualTo(new MeshOptions(
                        OutboundTraffic.REGISTRY_ONLY,
                        "mesh-root",
                        "cluster.local",
                        List.of("."),
                        List.of("shop", "edge"),
                        List.of("*")));
        assertThat(config.read()).hasSize(5).contains("outboundTrafficPolicy", "rootNamespace");
        assertThat(config.unread()).containsExactly("defaultConfig", "accessLogFile");
    }

    @Test
    void whatItLeavesOutOrNullsIsIstiosDefault() throws Exception {
        assertThat(read("enableTracing: true\nrootNamespace:\noutboundTrafficPolicy: {mode: null}\n")
                        .options())
                .isEqualTo(MeshOptions.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a: 1\\noutboundTrafficPolicy:\\n  mode: ALLOW      | config.yaml:3: mode must be one of [ALLOW_ANY, REGISTRY_ONLY]
                    outboundTrafficPolicy: ALLOW_ANY                   | config.yaml:1: outboundTrafficPolicy must be a mapping with a mode
                    rootNamespace: [a]                                 | config.yaml:1: rootNamespace must be a text
                    defaultServiceExportTo: "*"                        | config.yaml:1: defaultServiceExportTo must be a list
                    defaultServiceExportTo: [null, ""]                 | config.yaml:1: defaultServiceExportTo must be a list
                    kind: Service                                      | config.yaml:1: kind is Service; a MeshConfig was expected
                    kind: ConfigMap\\ndata: {a: b}                     | data.mesh is missing
                    kind: ConfigMap\\ndata: {mesh: "rootNamespace: 1"} | config.yaml, data.mesh:1: rootNamespace must be a text
                    - a                                                | one mapping of names to values was expected
                    a: [                                               | config.yaml:
                    `a: 1\\na: 2`                                      | config.yaml:2:
                    """)
    void whatIsNoConfigurationIsASentence(String text, String message) {
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> read(text.replace("\\n", "\n")))
                .withMessageContaining(message)
                .withMessageNotContaining("Exception");
    }
}
