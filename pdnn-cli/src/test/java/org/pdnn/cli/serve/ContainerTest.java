package org.pdnn.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// The recipes of the container and of its KServe runtime beside the command that they start, and
/// beside each other. Neither is run.
class ContainerTest {
  private static JsonNode runtime;
  private static JsonNode container;
  private static Document build;

  @BeforeAll
  static void read() throws Exception {
    runtime =
        new YAMLMapper()
            .readTree(Files.readString(Path.of("src/main/container/serving-runtime.yaml")));
    container = runtime.at("/spec/containers/0");
    build =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
  }

  private static String built(String element) {
    return build.getElementsByTagName(element).item(0).getTextContent().strip();
  }

  private static List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(argument -> arguments.add(argument.textValue()));
    return arguments;
  }

  @Test
  void theCommandTakesTheArguments() {
    List<String> arguments = arguments();
    assertEquals("serve", arguments.getFirst());
    ParseResult parsed =
        new CommandLine(new ServeCommand())
            .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    String port = container.at("/ports/0/containerPort").asText();
    assertEquals(port, String.valueOf(parsed.<Object>matchedOptionValue("--port", 0)));
    assertEquals("0.0.0.0", parsed.matchedOptionValue("--host", ""));
    assertEquals(Path.of("/mnt/models"), parsed.matchedOptionValue("--models", Path.of("")));
    assertEquals(port, runtime.at("/spec/annotations/prometheus.kserve.io~1port").textValue());
    assertEquals(port, container.at("/readinessProbe/httpGet/port").asText());
    assertEquals(port, container.at("/livenessProbe/httpGet/port").asText());
  }

  @Test
  void theImageIsThatOfTheRuntime() {
    assertEquals(arguments().stream().collect(Collectors.joining(",")), built("args"));
    assertEquals(container.at("/ports/0/containerPort").asText(), built("port"));
    assertEquals(
        container.path("image").textValue(),
        "pdnn:" + build.getElementsByTagName("version").item(0).getTextContent());
    assertTrue(built("to").startsWith("pdnn:"), built("to"));
  }

  @Test
  void nobodyIsRoot() {
    String user = container.at("/securityContext/runAsUser").asText();
    assertNotEquals("0", user);
    assertTrue(built("user").startsWith(user + ":"), built("user"));
    assertTrue(container.at("/securityContext/runAsNonRoot").booleanValue());
  }

  @Test
  void theRuntimeSaysWhatKserveAsksFor() {
    assertEquals("serving.kserve.io/v1alpha1", runtime.path("apiVersion").textValue());
    assertEquals("ServingRuntime", runtime.path("kind").textValue());
    assertEquals("kserve-container", container.path("name").textValue());
    assertEquals("v2", runtime.at("/spec/protocolVersions/0").textValue());
    assertEquals("pdnn", runtime.at("/spec/supportedModelFormats/0/name").textValue());
  }
}
