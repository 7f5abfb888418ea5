package org.pdnn.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.accelerator.Accelerator;
import org.pdnn.circuit.accelerator.Device;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// `--generator`: what commands sample is what an emulated accelerator computes, pass by pass.
class GeneratorTest {
  private static final int IMAGES = 20;
  private static final int PASSES = 3;

  @TempDir private Path folder;
  private Path model;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    model =
        SmallFiles.model(
            folder.resolve("p.safetensors"), "mlp:784-12-8-10", Shape.of(1, 28, 28), 10);
    data = SmallFiles.digits(Files.createDirectories(folder.resolve("data")), 20, IMAGES);
  }

  private Object[] words(String command, Object... more) {
    return words(command, Scheme.INDEPENDENT, more);
  }

  private Object[] words(String command, Scheme scheme, Object... more) {
    Object[] all = {command, model, "--data", data, "--scheme", scheme, "--format", "json"};
    return Outcome.joined(all, more);
  }

  /// Probabilities by image after some passes of all those that were started.
  private double[][] emulated(Lfsr generator, Scheme scheme, int elements, long seed, int passes)
      throws IOException {
    Model read = ModelFile.read(model).model();
    Accelerator accelerator =
        Accelerator.of(
            read.network(),
            WeightFormat.parse("8"),
            InputGrid.of(read.input()),
            generator,
            scheme,
            elements);
    Device device = new Device(accelerator);
    device.load(accelerator.start(seed));
    float[][] inputs = LabelledInputs.of(test()).read(0, IMAGES, 784);
    double[][] probabilities = new double[IMAGES][];
    for (int image = 0; image < IMAGES; image++) {
      long[][] totals = device.totals(accelerator.codes(inputs[image]), PASSES);
      double[] logits = new double[10];
      for (int pass = 0; pass < passes; pass++) {
        long[] sums = totals[pass].clone();
        for (int o = 0; pass > 0 && o < sums.length; o++) {
          sums[o] -= totals[pass - 1][o];
        }
        double[] outputs = accelerator.network().outputs(sums, 0);
        Arrays.setAll(logits, o -> logits[o] + outputs[o] / passes);
      }
      double most = Arrays.stream(logits).max().orElseThrow();
      double[] weights = Arrays.stream(logits).map(logit -> Math.exp(logit - most)).toArray();
      double all = Arrays.stream(weights).sum();
      probabilities[image] = Arrays.stream(weights).map(weight -> weight / all).toArray();
    }
    return probabilities;
  }

  private static Images test() {
    return Digits.generate(7, 20, IMAGES).test();
  }

  /// The likelihood depends on every sum, the accuracy on the greatest.
  @ParameterizedTest
  @EnumSource(names = {"INDEPENDENT", "SCRAMBLED"})
  void evaluateMeasuresTheAccelerator(Scheme scheme) throws IOException {
    JsonNode curve =
        Outcome.done(
                words(
                    "evaluate",
                    scheme,
                    "--generator",
                    "lfsr32:5",
                    "--samples",
                    "1..3",
                    "--seeds",
                    1))
            .json()
            .path("curve");
    long noise = Philox.seedFor(1, "noise", 0);
    for (int passes = 1; passes <= PASSES; passes++) {
      double[][] probabilities = emulated(new Lfsr(32, 1), scheme, 5, noise, passes);
      double likelihood = 0;
      int right = 0;
      for (int image = 0; image < IMAGES; image++) {
        int label = test().label(image);
        likelihood -= Math.log(probabilities[image][label]) / IMAGES;
        double most = Arrays.stream(probabilities[image]).max().orElseThrow();
        right += probabilities[image][label] == most ? 1 : 0;
      }
      JsonNode point = curve.path(passes - 1);
      assertEquals((double) right / IMAGES, point.path("accuracy").asDouble(), 1e-12);
      assertEquals(likelihood, point.path("negativeLogLikelihood").asDouble(), 1e-9);
    }
  }

  @Test
  void predictIsTheFirstInputAfterTheSeedWasLoaded() throws IOException {
    JsonNode answer =
        Outcome.done(words("predict", "--index", 0, "--generator", "lfsr16", "--samples", PASSES))
            .json()
            .path("predictions")
            .path(0)
            .path("classes")
            .path(0);
    double[] probabilities = emulated(new Lfsr(16, 1), Scheme.INDEPENDENT, 16, 1, PASSES)[0];
    double most = Arrays.stream(probabilities).max().orElseThrow();
    assertEquals(most, answer.path("probability").asDouble(), 1e-9);
  }

  @Test
  void otherRunsAreRefused() {
    String scheme = Outcome.refused(2, words("evaluate", Scheme.XOR, "--generator", "lfsr32"));
    assertTrue(scheme.endsWith("use independent or scrambled ones"), scheme);
    String coins = Outcome.refused(2, words("evaluate", Scheme.SCRAMBLED, "--generator", "lfsr16"));
    assertTrue(coins.endsWith("use lfsr32"), coins);
    String unknown = Outcome.refused(2, words("evaluate", "--generator", "lfsr8"));
    assertTrue(unknown.contains("must be philox, lfsr32 or lfsr16"), unknown);
    String real = Outcome.refused(2, words("evaluate", "--generator", "lfsr32", "--weights", 32));
    assertTrue(real.endsWith("an accelerator computes in integers; use --weights 8"), real);
  }
}
