package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// What has no integer form: each command names a way out that it has itself.
class RemedyTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    model = folder.resolve("noisy.safetensors");
    Neuron noisy = Neuron.parse("noisy:tanh:0.5");
    new Model(
            InitialWeights.GLOROT.of(
                Preset.network("mlp:784-4-10", Shape.of(1, 28, 28), 10, noisy), 1),
            Map.of())
        .write(model);
  }

  private static final String REASON =
      "layer 2 has no integer form: its neurons, noisy:tanh:0.5, have more than 256 levels";

  @Test
  void exportOffersTheTwin() {
    assertEquals(
        REASON + "; export the deterministic twin by --twin",
        Outcome.refused(2, "export", model, "--out", folder.resolve("net.onnx")));
    Outcome.done("export", model, "--twin", "--out", folder.resolve("net.onnx"));
  }

  @Test
  void predictOffersFloatingPoint() {
    assertEquals(
        "--weights 4: " + REASON + "; use --weights 32, floating point",
        Outcome.refused(
            2, "predict", model, "--data", "digits", "--digits", 20, "--index", 0, "--weights", 4));
    Outcome.done(
        "predict", model, "--data", "digits", "--digits", 20, "--index", 0, "--weights", 32);
  }

  @Test
  void commandsThatTakeNoTransformerSayWhichDo() throws IOException {
    Path vit =
        SmallFiles.model(folder.resolve("vit.safetensors"), "vit:7-8-1-2", Shape.of(1, 28, 28), 10);
    Object[] data = {vit, "--data", "digits", "--digits", 20};
    assertEquals(
        "passes are not stopped early where a layer after the last p-bits reads one before them, as"
            + " layer blocks.0.sum does; measure numbers of samples by pdnn evaluate --samples"
            + " 1,2,4,8",
        Outcome.refused(
            2, Outcome.joined(new Object[] {"early-stop"}, Outcome.joined(data, "--weights", 32))));
    String told = Outcome.of(Outcome.joined(new Object[] {"explain"}, data)).err();
    assertTrue(
        told.endsWith(
            ", since layer positions has no integer form: it is not a batch norm and computes in"
                + " floating point; measure it by pdnn evaluate\n"),
        told);
  }
}
