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
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.LastHidden;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.IntegerGraphs;
import org.pdnn.sampling.IntegerReference;
import org.pdnn.sampling.Run;

class SampledGraphTest {
  private static final int SAMPLES = 11;
  private static final int BATCH = 5;
  private static final RandomWords WORDS = new Philox(23);

  @TempDir private Path folder;

  /// Perceptrons, convolutions with pools on either side of the neurons, and decoders, of every
  /// curve and number of bits.
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
            "pbit:clip 4",
            "sigmoid:3bit 8",
            "tanh:8bit 4",
            "clip:1bit 8")
        .map(line -> line.split(" ", 2))
        .flatMap(parts ->
            Stream.of("perceptron", "images", "decoder")
                .map(kind -> Arguments.of(kind, parts[0], parts[1])));
  }

  private static Network network(String kind, String neuron) {
    Network network =
        switch (kind) {
          case "images" -> images(neuron);
          case "decoder" -> decoder(neuron);
          default ->
              new Network(
                  Shape.of(13),
                  List.of(
                      Dense.of(13, 19),
                      Examples.neurons(neuron),
                      Dense.of(19, 65),
                      BatchNorm.of(65),
                      Examples.neurons(neuron),
                      Dense.of(65, 4)));
        };
    return SmallNetworks.randomised(network, kind.hashCode());
  }

  private static Network images(String neuron) {
    return new Network(
        Shape.of(2, 14, 13),
        List.of(
            Convolution.of(2, 5, 3, 1, 1),
            BatchNorm.of(5),
            Examples.neurons(neuron),
            new MaxPool(2),
            Convolution.of(5, 6, Window.of(3, 2).stride(1, 1).padding(1, 0, 2, 1), 1),
            new MaxPool(Window.of(3, 3).stride(3, 2).padding(1, 0, 1, 1).ceil(true)),
            Examples.neurons(neuron),
            Convolution.of(6, 8, Window.square(2, 1, 1).dilation(2, 1), 2),
            Examples.neurons(neuron),
            new AveragePool(Window.of(2, 1).stride(1, 2), false),
            new Flatten(),
            Dense.of(32, 3)));
  }

  /// What it gives is an image, of values that the last neurons make.
  private static Network decoder(String neuron) {
    return new Network(
        Shape.of(6),
        List.of(
            Dense.of(6, 24),
            Examples.neurons(neuron),
            new Reshape(Shape.of(4, 3, 2)),
            new TransposedConvolution(
                Tensor.filled(Shape.of(4, 3, 3, 2), 0), Tensor.filled(Shape.of(3), 0), 2, 1),
            Examples.neurons("sigmoid:8bit"),
            new Reshape(Shape.of(2, 1, 15))));
  }

  private static IntegerNetwork lowered(Network network, String format, InputGrid grid) {
    return Lowering.of(network, WeightFormat.parse(format), grid).result();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inOnnxRuntimeEachPassHasTheBitsOfTheReference(String kind, String neuron, String format)
      throws OrtException {
    InputGrid grid = kind.equals("images") ? InputGrid.PIXELS : InputGrid.covering(-0.3f, 1);
    assertEqualsReference(lowered(network(kind, neuron), format, grid));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "pbit:clip", "sigmoid:3bit", "tanh:8bit"})
  void soHasEachPassOfAGraph(String neuron) throws OrtException {
    for (long seed = 1; seed <= 12; seed++) {
      Network network = IntegerGraphs.of(seed, (int) (seed * 7 % 26), Neuron.parse(neuron));
      assertEqualsReference(lowered(network, seed % 2 == 0 ? "8" : "4", InputGrid.PIXELS));
    }
  }

  /// Weights of one sign, whose sums lie beyond 2^24, where 32 bits do not hold every integer.
  @Test
  void sumsOfManyInputsAreExact() throws OrtException {
    Random random = new Random(9);
    float[] weights = new float[2 * 3 * 40 * 40];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.5f + random.nextFloat();
    }
    Convolution layer =
        new Convolution(
            new Tensor(Shape.of(2, 3, 40, 40), weights),
            Tensor.filled(Shape.of(2), 0),
            Window.square(40, 1, 0),
            1);
    Network network = new Network(Shape.of(3, 41, 41), List.of(layer));
    assertEqualsReference(lowered(network, "8", InputGrid.PIXELS));
  }

  private static void assertEqualsReference(IntegerNetwork network) throws OrtException {
    int samples = network.random() ? SAMPLES : 1;
    float[][] inputs = inputs(network.input());
    Map<String, double[]> outputs =
        Ort.run(SampledGraph.of(network, SAMPLES), withWords(network, inputs));
    double[] passes = output(outputs, SampledGraph.PASSES);
    double[] means = output(outputs, SampledGraph.LOGITS);
    int classes = network.outputs();
    assertEquals(samples * BATCH * classes, passes.length);
    Run run = new Run(SAMPLES, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    IntegerReference reference = new IntegerReference(network, run);
    for (int i = 0; i < BATCH; i++) {
      double[][] expected = reference.passes(inputs[i], i, WORDS);
      for (int sample = 0; sample < samples; sample++) {
        int at = (sample * BATCH + i) * classes;
        assertArrayEquals(expected[sample], Arrays.copyOfRange(passes, at, at + classes));
      }
      for (int c = 0; c < classes; c++) {
        int output = c;
        double mean = Stream.of(expected).mapToDouble(row -> row[output]).average().orElseThrow();
        assertEquals(mean, means[i * classes + c], 1e-12 * Math.max(1, Math.abs(mean)));
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
    for (IntegerNetwork.Node node : network.nodes()) {
      if (node.layer() instanceof IntegerLayer.PBits bits) {
        all.put(SampledGraph.uniforms(bits.address()), uniforms(bits.address(), node.values()));
      }
    }
    return all;
  }

  /// The upper 24 bits of each word, by channel, row and column of the unit.
  private static Ort.Array uniforms(int address, Values values) {
    int units = values.units();
    float[] uniforms = new float[SAMPLES * BATCH * units];
    for (int at = 0; at < uniforms.length; at++) {
      int index = at % units;
      int pixel = index % values.pixels();
      int unit = pixel * values.channels() + index / values.pixels();
      int word = WORDS.word(at / units % BATCH, address, unit, at / units / BATCH);
      uniforms[at] = (word >>> 8) * 0x1p-24f;
    }
    long[] extents =
        values.pixels() > 1
            ? new long[] {SAMPLES, BATCH, values.channels(), values.rows(), values.columns()}
            : new long[] {SAMPLES, BATCH, units};
    return new Ort.Array(extents, uniforms);
  }

  private static double[] output(Map<String, double[]> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  /// Of all pre-activations of 16 bits and some beyond.
  @Test
  void tablesHoldEveryThreshold() throws OrtException {
    for (Threshold curve : Threshold.values()) {
      int count = 1 << 17;
      OnnxGraph graph = new OnnxGraph(1, Shape.of(count));
      GraphValues values = new GraphValues(graph);
      String found = values.lookedUp(values.wide(OnnxGraph.INPUT), curve::of);
      graph.output(found, Shape.of(count));
      float[] preActivations = new float[count];
      double[] expected = new double[count];
      for (int i = 0; i < count; i++) {
        preActivations[i] = i - count / 2;
        expected[i] = curve.of(i - count / 2);
      }
      Ort.Array x = new Ort.Array(new long[] {1, count}, preActivations);
      assertArrayEquals(expected, output(Ort.run(graph.toBytes(), Map.of("x", x)), found));
    }
  }

  @Test
  void theFileHoldsTheModelAndWhatWasNoted() throws IOException {
    IntegerNetwork network = lowered(network("perceptron", "pbit:tanh"), "4", InputGrid.PIXELS);
    Path file = folder.resolve("sampled.onnx");
    SampledGraph.write(network, 3, "1.2.3", Map.of("data", "digits"), file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("1.2.3") && text.contains("digits"));
  }

  @Test
  void aRunHasAtLeastOnePass() {
    IntegerNetwork network = lowered(network("perceptron", "pbit:tanh"), "4", InputGrid.PIXELS);
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> SampledGraph.of(network, 0))
                .getMessage());
    assertEquals("samples must be 1 to 65536, got 0", message);
  }
}
