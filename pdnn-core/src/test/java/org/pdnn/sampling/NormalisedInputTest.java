package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// A model's normalisation is that of an affine layer before its first: a padded convolution has
/// the normalised 0 around its image, not a normalised black.
class NormalisedInputTest {
  private static final int CHANNELS = 3;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 6;
  private static final Shape IMAGE = Shape.of(CHANNELS, HEIGHT, WIDTH);

  private static final InputForm FORM =
      new InputForm(
          InputForm.Axes.CHANNELS_FIRST,
          List.of(0.4914f, 0.4822f, 0.4465f),
          List.of(0.2470f, 0.2435f, 0.2616f));

  private static final InputGrid GRID = InputGrid.of(FORM);

  static Stream<Window> windows() {
    return Stream.of(
        Window.square(3, 1, 1),
        Window.square(3, 2, 1),
        Window.of(2, 3).stride(2, 1).padding(0, 1, 2, 0),
        Window.square(3, 1, 2).dilation(2, 1));
  }

  private static Network network(Shape input, Window window, Neuron neuron) {
    Convolution convolution = Convolution.of(CHANNELS, 4, window, 1);
    int hidden = convolution.output(input).size();
    List<Layer> layers =
        List.of(convolution, new Neurons(neuron), new Flatten(), Dense.of(hidden, 5));
    return SmallNetworks.randomised(new Network(input, layers), 3);
  }

  /// (x - mean) / std as a layer.
  private static BatchNorm affine() {
    double epsilon = 1e-9;
    float[] ones = {1, 1, 1};
    float[] variances = new float[CHANNELS];
    float[] means = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      means[c] = FORM.mean().get(c);
      variances[c] = (float) (Math.pow(FORM.std().get(c), 2) - epsilon);
    }
    return new BatchNorm(
        new Tensor(Shape.of(CHANNELS), ones),
        Tensor.filled(Shape.of(CHANNELS), 0),
        new Tensor(Shape.of(CHANNELS), means),
        new Tensor(Shape.of(CHANNELS), variances),
        epsilon);
  }

  /// Images of any pixels, all black and all white.
  private static Images images() {
    byte[][] pixels = new byte[10][IMAGE.size()];
    Random random = new Random(4);
    Arrays.stream(pixels).forEach(random::nextBytes);
    Arrays.fill(pixels[0], (byte) 0);
    Arrays.fill(pixels[1], (byte) 255);
    return Images.of("any", IMAGE, 5, pixels, new int[pixels.length]);
  }

  private static float[] read(Images images, int index) {
    float[] values = new float[IMAGE.size()];
    images.read(index, values, 0);
    return values;
  }

  private static double[] outputs(Network network, float[] input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  @ParameterizedTest
  @MethodSource("windows")
  void normalisedPixelsAreAnAffineLayersOutputs(Window window) {
    Network network = network(IMAGE, window, Neuron.parse("tanh"));
    List<Layer> layers = new ArrayList<>(List.of(affine()));
    layers.addAll(network.layers());
    Network explicit = new Network(IMAGE, layers);
    Images pixels = images();
    Images normalised = pixels.normalised(floats(FORM.mean()), floats(FORM.std()));
    double black = 0;
    for (int i = 0; i < pixels.count(); i++) {
      double[] expected = outputs(explicit, read(pixels, i));
      assertArrayEquals(expected, outputs(network, read(normalised, i)), 1e-6, "image " + i);
      float[] framed =
          framed(read(normalised, i), window, c -> -FORM.mean().get(c) / FORM.std().get(c));
      double[] other = outputs(inside(network, window), framed);
      black = Math.max(black, Math.abs(other[0] - expected[0]));
    }
    assertTrue(black > 0.01, "a border of black pixels is " + black + " away");
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  /// The value of a channel around an image.
  @FunctionalInterface
  private interface Frame {
    float of(int channel);
  }

  private static Shape framed(Window window) {
    return Shape.of(
        CHANNELS,
        HEIGHT + window.rows().before() + window.rows().after(),
        WIDTH + window.columns().before() + window.columns().after());
  }

  private static float[] framed(float[] image, Window window, Frame frame) {
    Shape shape = framed(window);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int column = i % shape.dimension(2) - window.columns().before();
      int row = i / shape.dimension(2) % shape.dimension(1) - window.rows().before();
      int channel = i / shape.dimension(2) / shape.dimension(1);
      boolean within = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
      values[i] = within ? image[(channel * HEIGHT + row) * WIDTH + column] : frame.of(channel);
    }
    return values;
  }

  /// The network with the border of its convolution inside its image.
  private static Network inside(Network network, Window window) {
    Convolution padded = (Convolution) network.layers().getFirst();
    Convolution bare =
        new Convolution(padded.weight(), padded.bias(), window.padding(0, 0, 0, 0), 1);
    List<Layer> layers = new ArrayList<>(network.layers());
    layers.set(0, bare);
    return new Network(framed(window), layers);
  }

  private static float[] onGrid(long seed) {
    Random random = new Random(seed);
    float[] values = new float[IMAGE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(256) - GRID.zero()) * GRID.step();
    }
    return values;
  }

  /// Padding reads as zeros around a normalised image do, which the grid holds: the same draws.
  @ParameterizedTest
  @MethodSource("windows")
  void theBorderIsTheGridsZero(Window window) {
    assertEquals(0, GRID.quantise(0));
    Network network = network(IMAGE, window, Neuron.parse("pbit:sigmoid"));
    Run run = new Run(40, Scheme.SCRAMBLED, Averaging.END, LastHidden.BITS);
    for (long seed = 1; seed <= 5; seed++) {
      float[] input = onGrid(seed);
      float[] bordered = framed(input, window, _ -> 0);
      double[][] expected =
          new ReferenceSampler(inside(network, window), run).passes(bordered, 0, new Philox(seed));
      for (Sampler sampler :
          List.of(new ReferenceSampler(network, run), new BlockSampler(network, run))) {
        assertArrayEquals(expected, sampler.passes(input, 0, new Philox(seed)));
      }
    }
  }

  private static IntegerNetwork integers(Network network) {
    return Lowering.of(network, WeightFormat.parse("8"), GRID).result();
  }

  /// Each pixel of an output has a bias of its own where a window reaches over the border.
  @ParameterizedTest
  @ValueSource(strings = {"8", "4g", "1"})
  void inIntegersTheEngineEqualsTheReferenceBitForBit(String format) {
    for (long seed = 1; seed <= 40; seed++) {
      Network network = RandomNetworks.convolutional(seed);
      Random random = new Random(seed);
      InputGrid grid = InputGrid.covering(-3 * random.nextFloat(), random.nextFloat());
      IntegerNetwork integers = Lowering.of(network, WeightFormat.parse(format), grid).result();
      float[][] inputs = new float[3][network.input().size()];
      for (float[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          input[i] = 4 * random.nextFloat() - 3;
        }
      }
      IntegerReference reference = new IntegerReference(integers, Run.of(5));
      double[][][] found =
          new IntegerSampler(integers, Run.of(5)).passes(inputs, seed, new Philox(seed));
      for (int i = 0; i < inputs.length; i++) {
        assertArrayEquals(
            reference.passes(inputs[i], seed + i, new Philox(seed)), found[i], "seed " + seed);
      }
    }
  }

  /// Expectations of p-bits, of which nothing is drawn, within what integers round.
  @ParameterizedTest
  @MethodSource("windows")
  void integersSayWhatRealNumbersSay(Window window) {
    Network network = network(IMAGE, window, Neuron.parse("pbit:sigmoid"));
    Run run = new Run(1, Scheme.INDEPENDENT, Averaging.END, LastHidden.EXPECTATION);
    Network rounded = QuantiseWeights.apply(network, WeightFormat.parse("8"));
    for (long seed = 1; seed <= 10; seed++) {
      double[] expected =
          new ReferenceSampler(rounded, run).passes(onGrid(seed), 0, new Philox(1))[0];
      double[] found =
          new IntegerReference(integers(network), run).passes(onGrid(seed), 0, new Philox(1))[0];
      assertArrayEquals(expected, found, 0.01, "seed " + seed);
    }
  }
}
