package org.pdnn.cli.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;

/// A network layer by layer.
class DescribeCommandTest {
  @TempDir Path folder;

  /// The counts of MLPerf Tiny: 12.5 million multiply-accumulates.
  @Test
  void aResidualNetworkSaysWhatEachLayerReads() throws IOException {
    JsonNode json = Outcome.done("describe", "resnet8", "--format", "json").json();
    assertEquals(78_186, json.path("parameters").asLong());
    assertEquals(12_501_632, json.path("macs").asLong());
    JsonNode sum =
        json.path("layers")
            .valueStream()
            .filter(layer -> layer.path("name").asText().equals("layer2.0.sum"))
            .findFirst()
            .orElseThrow();
    assertEquals("layer2.0.bn2, layer2.0.downsample", sum.path("reads").asText());
    assertEquals("add 32x16x16", sum.path("kind").asText());
    String text = Outcome.done("describe", "resnet8").out();
    assertTrue(
        text.contains(
            "resnet8 reads 3x32x32: 29 layers, 78,186 parameters; a pass takes 12,501,632"
                + " multiply-accumulates\nand 73,728 neurons.\n"),
        text);
  }

  @Test
  void anArchitectureMayNameWhatItReads() throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(
        file,
        """
        {"input":[4], "layers":[
          {"layer":"dense", "name":"fc1", "outputs":4}, {"layer":"neurons", "neuron":"tanh"},
          {"layer":"add", "reads":[1, "input"]}, {"layer":"dense", "outputs":2}]}
        """);
    String csv = Outcome.done("describe", file, "--format", "csv").out();
    assertTrue(csv.contains("\n2,2,add 4,\"1, input\",0,0\n"), csv);
  }

  @Test
  void anOnnxModelIsDescribedAsOurs() throws IOException {
    Path model = SmallFiles.model(folder.resolve("p.safetensors"), "mlp:6-8-3", Shape.of(6), 3);
    Path onnx = folder.resolve("twin.onnx");
    Outcome.done("export", model, "--twin", "--out", onnx);
    JsonNode json = Outcome.done("describe", onnx, "--format", "json").json();
    assertEquals(83, json.path("parameters").asLong());
    assertEquals(72, json.path("macs").asLong());
    // No layer has a name: the columns are those of what there is.
    String text = Outcome.done("describe", onnx).out();
    assertTrue(text.contains("\nlayer  what and its shape  reads  parameters  MACs\n"), text);
    assertTrue(Outcome.done("energy", onnx).out().contains("One pass "), text);
    assertEquals(
        folder + "/none.onnx does not exist; check the path",
        Outcome.refused(1, "describe", folder.resolve("none.onnx")));
  }

  @Test
  void theWayToAModelFileOverwritesNothing() throws IOException {
    Path weights = Files.write(folder.resolve("net.npz"), new byte[] {'P', 'K', 3, 4});
    String way = Outcome.refused(1, "describe", weights);
    assertTrue(way.contains(" --out " + folder + "/net.safetensors "), way);
    Files.createFile(folder.resolve("net.safetensors"));
    way = Outcome.refused(1, "describe", weights);
    assertTrue(way.contains(" --out " + folder + "/net-converted.safetensors "), way);
  }

  @Test
  void aFormThatIsMisspeltIsSuggested() {
    String told = Outcome.refused(2, "describe", "resnet8:bits");
    assertTrue(told.contains("(did you mean 'resnet8:bits-added'?)"), told);
  }

  @Test
  void whatIsNoNetworkIsNamed() {
    assertEquals(
        "'resnet18' is neither a file nor a network known by name (did you mean 'resnet8'?); use"
            + " mlp:784-64-10, vgg5, a model file, an ONNX model or an architecture in JSON",
        Outcome.refused(2, "describe", "resnet18"));
  }
}
