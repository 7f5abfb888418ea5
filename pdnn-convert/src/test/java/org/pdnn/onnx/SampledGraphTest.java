package org.pdnn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.IntegerReference;
import org.pdnn.sampling.Run;

class SampledGraphTest {
  private static final int SAMPLES = 11;
  private static final int BATCH = 5;
  private static final RandomWords WORDS = new Philox(23);

  @TempDir private Path folder;

  /// Perceptrons and convolutions with pools on either side of the p-bits, of every curve and
  /// number of bits.
  static Stream<Arguments> networks() {
    return Stream.of(
            "pbit:sigmoid 8",
            "pbit:sigmoid 4",
            "pbit:sigmoid 2",
            "pbit:sigmoid 1",
            "pbit:sigmoid 8g",
            "pbit:sigmoid 4g",
            "pbit:tanh 8",
            "pbit:tanh 2",
            "pbit:tanh 1",
            "pbit:clip 8",
            "pbit:clip 4")
        .map(line -> line.split(" ", 2))
        .flatMap(parts ->
            Stream.of(
                Arguments.of("perceptron", parts[0], parts[1]),
                Arguments.of("images", parts[0], parts[1])));
  }

  private static Network network(String kind, String neuron) {
    boolean images = kind.equals("images");
    List<Layer> layers =
        images
            ? List.of(
                Convolution.of(2, 5, 3, 1, 1),
                BatchNorm.of(5),
                Examples.neurons(neuron),
                new MaxPool(2),
                Convolution.of(5, 6, 3, 1, 1),
                new MaxPool(3),
                Examples.neurons(neuron),
                Convolution.of(6, 7, 2, 2, 1),
                Examples.neurons(neuron),
                new Flatten(),
                Dense.of(28, 3))
            : List.of(
                Dense.of(13, 19),
                Examples.neurons(neuron),
                Dense.of(19, 65),
                BatchNorm.of(65),
                Examples.neurons(neuron),
                Dense.of(65, 4));
    return SmallNetworks.randomised(
        new Network(images ? Shape.of(2, 14, 13) : Shape.of(13), layers), kind.hashCode());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inOnnxRuntimeEachPassHasTheBitsOfTheReference(String kind, String neuron, String format)
      throws OrtException {
    Network trained = network(kind, neuron);
    InputGrid grid = kind.equals("images") ? InputGrid.PIXELS : InputGrid.covering(-0.3f, 1);
    IntegerNetwork network = Lowering.of(trained, WeightFormat.parse(format), grid).result();
    float[][] inputs = inputs(network.input());
    Map<String, double[]> outputs =
        Ort.run(SampledGraph.of(network, SAMPLES), withWords(network, inputs));
    double[] passes = output(outputs, SampledGraph.PASSES);
    double[] means = output(outputs, SampledGraph.LOGITS);
    int classes = network.outputs();
    assertEquals(SAMPLES * BATCH * classes, passes.length);
    Run run = new Run(SAMPLES, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    IntegerReference reference = new IntegerReference(network, run);
    for (int i = 0; i < BATCH; i++) {
      double[][] expected = reference.passes(inputs[i], i, WORDS);
      for (int sample = 0; sample < SAMPLES; sample++) {
        int at = (sample * BATCH + i) * classes;
        assertArrayEquals(expected[sample], Arrays.copyOfRange(passes, at, at + classes));
      }
      for (int c = 0; c < classes; c++) {
        int output = c;
        double mean = Stream.of(expected).mapToDouble(row -> row[output]).average().orElseThrow();
        assertEquals(mean, means[i * classes + c], 1e-12);
      }
    }
  }

  /// Values between the levels of the grid, on them, and beyond its ends.
  private static float[][] inputs(Shape shape) {
    Random random = new Random(5);
    float[][] inputs = new float[BATCH][shape.size()];
    for (float[] input : inputs) {
      for (int i = 0; i < input.length; i++) {
        input[i] =
            random.nextBoolean() ? random.nextInt(256) / 255f : 1.6f * random.nextFloat() - 0.4f;
      }
    }
    return inputs;
  }

  private static Map<String, Ort.Array> withWords(IntegerNetwork network, float[][] inputs) {
    Map<String, Ort.Array> all = new LinkedHashMap<>();
    float[] flat = new float[BATCH * network.input().size()];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(inputs[i], 0, flat, i * inputs[i].length, inputs[i].length);
    }
    all.put("x", new Ort.Array(Examples.extents(BATCH, network.input()), flat));
    for (IntegerLayer layer : network.hidden()) {
      int units = layer.units();
      int address = layer.firing().layer();
      float[] uniforms = new float[SAMPLES * BATCH * units];
      for (int at = 0; at < uniforms.length; at++) {
        int input = at / units % BATCH;
        int word = WORDS.word(input, address, at % units, at / units / BATCH);
        uniforms[at] = (word >>> 8) * 0x1p-24f;
      }
      boolean image = layer.pooledRows() * layer.pooledColumns() > 1;
      long[] extents =
          image
              ? new long[] {
                SAMPLES, BATCH, layer.field().outputs(), layer.pooledRows(), layer.pooledColumns()
              }
              : new long[] {SAMPLES, BATCH, units};
      all.put(SampledGraph.uniforms(address), new Ort.Array(extents, uniforms));
    }
    return all;
  }

  private static double[] output(Map<String, double[]> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  @Test
  void theFileHoldsTheModelAndWhatWasNoted() throws IOException {
    IntegerNetwork network =
        Lowering.of(network("perceptron", "pbit:tanh"), WeightFormat.parse("4"), InputGrid.PIXELS)
            .result();
    Path file = folder.resolve("sampled.onnx");
    SampledGraph.write(network, 3, "1.2.3", Map.of("data", "digits"), file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("1.2.3") && text.contains("digits"));
  }

  @Test
  void aRunHasAtLeastOnePass() {
    IntegerNetwork network =
        Lowering.of(network("perceptron", "pbit:tanh"), WeightFormat.parse("4"), InputGrid.PIXELS)
            .result();
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> SampledGraph.of(network, 0))
                .getMessage());
    assertEquals("samples must be 1 to 65536, got 0", message);
  }
}
