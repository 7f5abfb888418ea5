package org.pdnn.cli.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.FanIn;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Shape;
import org.pdnn.network.VaePreset;

/// `pdnn hardware` on an untrained network and a few digits.
class HardwareCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path out;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    model =
        SmallFiles.model(
            folder.resolve("p.safetensors"), "mlp:784-12-8-10", Shape.of(1, 28, 28), 10);
    data = SmallFiles.digits(Files.createDirectories(folder.resolve("data")), 20, 20);
    out = folder.resolve("accelerator");
  }

  private Object[] words(Object... more) {
    return Outcome.joined(new Object[] {"hardware", model, "--data", data, "--out", out}, more);
  }

  @Test
  void theFolderIsWholeAndItsCyclesAreSaid() throws IOException {
    JsonNode json =
        Outcome.done(words("--elements", 4, "--samples", 3, "--images", 2, "--format", "json"))
            .json();
    assertEquals(4, json.path("elements").asInt());
    long before = json.path("cyclesBefore").asLong();
    // 3 groups of 4 units, 8 bits, 784 terms and a cycle; then the elements' turn and the pipeline.
    assertEquals(3 * 8 * 785 + 4 + 6, before);
    assertEquals(before + 3 * json.path("cyclesPerPass").asLong(), json.path("cycles").asLong());
    for (String name :
        List.of("accelerator.v", "bench.v", "Makefile", "README.md", "weights_3_weights.hex")) {
      assertTrue(Files.isRegularFile(out.resolve(name)), name);
    }
    JsonNode report = new JsonMapper().readTree(out.resolve("report.json").toFile());
    assertEquals(5, report.path("lowering").size(), report.path("lowering").toString());
    assertEquals(json.path("energy"), report.path("energy"));
    String page = Files.readString(out.resolve("report.md"));
    assertTrue(page.contains("Not counted: that needs --check"), page);
    assertTrue(page.contains("pdnn hardware " + model), page);
    assertEquals(2 * 3 * 10, Files.readAllLines(out.resolve("bench_totals.hex")).size());
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void aFolderInUseIsLeftAlone() throws IOException {
    Files.writeString(Files.createDirectories(out).resolve("notes.txt"), "mine");
    assertEquals(
        out + " is in use; name a new folder, or remove it first", Outcome.refused(1, words()));
    assertEquals("mine", Files.readString(out.resolve("notes.txt")));
  }

  @Test
  void memoriesBeyondTheTargetAreRefused() throws IOException {
    model =
        SmallFiles.model(folder.resolve("w.safetensors"), "mlp:784-32-10", Shape.of(1, 28, 28), 10);
    String said = Outcome.refused(2, words("--target", "ice40", "--elements", 1));
    assertTrue(said.startsWith("the memories of this network may take "), said);
    assertTrue(said.contains("layer 1 takes most"), said);
    assertFalse(Files.exists(out));
  }

  @Test
  void noElementsAreNone() {
    String said = Outcome.refused(2, words("--elements", 0));
    assertTrue(said.contains("--elements must be 1 to 256, got 0"), said);
  }

  @Test
  void shorterRegistersMakeTheWords() throws IOException {
    Outcome.done(words("--generator", "lfsr16", "--samples", 1, "--images", 1));
    assertTrue(Files.isRegularFile(out.resolve("lfsr16.v")));
    assertFalse(Files.exists(out.resolve("lfsr32.v")));
  }

  @Test
  void elementsWithoutWorkAreCounted() {
    assertTrue(
        Outcome.done(words("--elements", 14, "--samples", 1, "--images", 1))
            .err()
            .contains("2 of 14 elements have no work, as no layer has more than 12 units"));
  }

  @Test
  void aTestBenchOfTooManyCyclesIsRefused() {
    String said = Outcome.refused(2, words("--samples", 65_535, "--images", 20, "--elements", 4));
    assertTrue(said.endsWith("use fewer --images or --samples, or more --elements"), said);
    assertFalse(Files.exists(out));
  }

  @Test
  void aFolderBelowAFileIsNamedAsItWasGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    out = file.resolve("accelerator");
    assertEquals(
        "cannot write %s: %s is a file, not a folder; choose another folder".formatted(out, file),
        Outcome.refused(1, words()));
  }

  @Test
  void cyclesOfAConvolutionAreThoseOfItsPlaces() throws IOException {
    model = SmallFiles.model(folder.resolve("c.safetensors"), "cnn:4-4", Shape.of(1, 28, 28), 10);
    JsonNode json =
        Outcome.done(words("--elements", 3, "--samples", 1, "--images", 1, "--format", "json"))
            .json();
    // Elements' turn and pipeline, with that of pools.
    int flush = 3 + 8;
    assertEquals(28 * 28 * 2 * 8 * (9 + 1) + flush, json.path("cyclesBefore").asLong());
    assertEquals(
        Math.ceilDiv(14 * 14 * 4, 3) * (32 + 1)
            + 14 * 14 * 2 * (9 * 4 + 1)
            + 4 * (7 * 7 * 4 + 1)
            + 3 * flush,
        json.path("cyclesPerPass").asLong());
  }

  /// Its inputs are drawn, its neurons' 32 inputs take 32 cycles, its sigmoid is the host's.
  @Test
  void aMaskedDecoderReadsLatentVariables() throws IOException {
    Network decoder =
        VaePreset.mnist(Neuron.parse("pbit:tanh")).withInitial(InitialWeights.GLOROT, 1).decoder();
    model = folder.resolve("decoder.safetensors");
    new Model(new FanIn(32, 1).apply(decoder), Map.of()).write(model);
    JsonNode json =
        Outcome.done("hardware", model, "--out", out, "--samples", 1, "--format", "json").json();
    // Elements' turn, the pipeline and a look-up.
    int flush = 16 + 7;
    assertEquals(4 * (16 + 1) + flush, json.path("cyclesBefore").asLong());
    assertEquals((4 + 8 + 16 + 49) * (32 + 1) + 4 * flush, json.path("cyclesPerPass").asLong());
    assertTrue(json.path("lowering").isMissingNode());
    assertTrue(
        Files.readString(out.resolve("README.md"))
            .contains("Output o of a pass is sigmoid of `sum * scale + bias`"));
  }

  @Test
  void aLayerWithoutACircuitIsNamed() throws IOException {
    model = SmallFiles.model(folder.resolve("d.safetensors"), "ds-cnn", Shape.of(1, 28, 28), 10);
    assertEquals(
        "layer layer1.depthwise has no circuit: it is a convolution in groups; use one group",
        Outcome.refused(2, words()));
    assertFalse(Files.exists(out));
  }
}
