package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.RandomWindows;
import org.pdnn.network.Reshape;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Softmax;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;
import org.pdnn.training.WeightForm;

/// libtorch computes what the reference says.
class ForwardTest {
  private static final RandomWords NONE =
      (input, layer, unit, sample) -> {
        throw new AssertionError("nothing here is random");
      };

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  private static Layer filled(Shape weight, int outputs, int stride, int padding) {
    return new TransposedConvolution(
        org.pdnn.network.Tensor.filled(weight, 0),
        org.pdnn.network.Tensor.filled(Shape.of(outputs), 0),
        stride,
        padding);
  }

  static Stream<Arguments> networks() {
    Shape image = Shape.of(3, 7, 5);
    return Stream.of(
        arguments("dense", Shape.of(17), List.of(Dense.of(17, 9))),
        arguments("convolution", image, List.of(Convolution.of(3, 4, 3, 1, 1))),
        arguments("convolution, stride 2", image, List.of(Convolution.of(3, 4, 2, 2, 0))),
        arguments("convolution 1x1", image, List.of(Convolution.of(3, 4, 1, 1, 0))),
        arguments("depthwise", image, convolution(3, Window.square(3, 2, 1), 3)),
        arguments("groups", image, List.of(Convolution.of(3, 6, Window.of(1, 2), 3))),
        arguments("dilated", image, convolution(4, Window.square(3, 1, 2).dilation(2, 1), 1)),
        arguments("sides", image, convolution(4, Window.of(3, 2).padding(0, 1, 2, 0), 1)),
        arguments("max pool, overlapping", image, List.of(new MaxPool(Window.square(3, 2, 1)))),
        arguments(
            "max pool, sides", image, List.of(new MaxPool(Window.of(2, 3).padding(1, 0, 0, 2)))),
        arguments(
            "max pool, hanging over",
            image,
            List.of(new MaxPool(Window.square(2, 2, 0).ceil(true)))),
        arguments(
            "max pool, dilated",
            image,
            List.of(new MaxPool(Window.square(2, 1, 1).dilation(3, 2).ceil(true)))),
        arguments("average, counting", image, average(Window.square(3, 2, 1).ceil(true), true)),
        arguments("average, not counting", image, average(Window.square(3, 2, 1), false)),
        arguments("average, sides", image, average(Window.of(2, 3).padding(1, 0, 0, 2), true)),
        arguments(
            "average, sides, not counting",
            image,
            average(Window.of(2, 3).stride(1, 2).padding(0, 2, 1, 0).ceil(true), false)),
        arguments("global average pool", image, List.of(new GlobalAveragePool())),
        arguments("transposed", image, List.of(filled(Shape.of(3, 4, 3, 2), 4, 1, 0))),
        arguments("transposed, stride 2", image, List.of(filled(Shape.of(3, 2, 4, 4), 2, 2, 1))),
        arguments("batch norm", image, List.of(BatchNorm.of(3))),
        arguments("layer norm", image, List.of(LayerNorm.of(3))),
        arguments("layer norm of a vector", Shape.of(9), List.of(LayerNorm.of(9))),
        arguments("RMS norm", image, List.of(RmsNorm.of(3))),
        arguments("RMS norm of a vector", Shape.of(9), List.of(RmsNorm.of(9))),
        arguments("softmax", image, List.of(new Softmax())),
        arguments("softmax of a vector", Shape.of(9), List.of(new Softmax())),
        arguments("positional embedding", image, List.of(PositionalEmbedding.of(35, 3))),
        arguments("of a vector", Shape.of(9), List.of(PositionalEmbedding.of(1, 9))),
        arguments("max pool", image, List.of(new MaxPool(2))),
        arguments("average pool", image, List.of(new AveragePool(2))),
        arguments("average pool of all", Shape.of(3, 4, 4), List.of(new AveragePool(4))),
        arguments("flatten", image, List.of(new Flatten())),
        arguments("reshape", image, List.of(new Reshape(Shape.of(5, 21)))),
        arguments("identity", image, neuron("identity")),
        arguments("relu", image, neuron("relu")),
        arguments("sigmoid", image, neuron("sigmoid")),
        arguments("tanh", image, neuron("tanh")),
        arguments("clip", image, neuron("clip")),
        arguments("leaky relu", image, neuron("leaky-relu")),
        arguments("leaky relu of 0.2", image, neuron("leaky-relu:0.2")),
        arguments("elu", image, neuron("elu")),
        arguments("selu", image, neuron("selu")),
        arguments("gelu", image, neuron("gelu")),
        arguments("gelu by tanh", image, neuron("gelu-tanh")),
        arguments("silu", image, neuron("silu")),
        arguments("hard swish", image, neuron("hard-swish")),
        arguments("sigmoid 1 bit", image, neuron("sigmoid:1bit")),
        arguments("tanh 1 bit", image, neuron("tanh:1bit")),
        arguments("sigmoid 3 bits", image, neuron("sigmoid:3bit")),
        arguments("tanh 3 bits", image, neuron("tanh:3bit")),
        arguments("clip 2 bits", image, neuron("clip:2bit")),
        arguments("sigmoid 8 bits", image, neuron("sigmoid:8bit")));
  }

  private static List<Layer> convolution(int outputs, Window window, int groups) {
    return List.of(Convolution.of(3, outputs, window, groups));
  }

  private static List<Layer> average(Window window, boolean countsPadding) {
    return List.of(new AveragePool(window, countsPadding));
  }

  private static List<Layer> neuron(String notation) {
    return List.of(new Neurons(Neuron.parse(notation)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void everyLayerEqualsTheReference(String name, Shape input, List<Layer> layers) {
    assertEqualsReference(SmallNetworks.randomised(new Network(input, layers), 1), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "tanh", "clip", "relu", "identity", "tanh:4bit"})
  void wholeNetworksEqualTheReference(String neuron) {
    for (Network network : SmallNetworks.every(Neuron.parse(neuron), Neuron.parse("sigmoid"))) {
      assertEqualsReference(network, 1);
    }
  }

  @Test
  void windowsOfAnyFormEqualTheReference() {
    for (long seed = 1; seed <= 100; seed++) {
      assertEqualsReference(RandomWindows.of(seed, Neuron.parse("tanh")), 1);
    }
  }

  /// @param scale of the inputs; few of them then lie in a flat part of an activation
  private static void assertEqualsReference(Network network, double scale) {
    int count = 3;
    int size = network.input().size();
    Random random = new Random(3);
    float[] pixels = new float[count * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (scale * random.nextGaussian());
    }
    List<float[]> found =
        List.of(forward(network, pixels, count, false), forward(network, pixels, count, true));
    ReferenceSampler reference = new ReferenceSampler(network, Run.of(1));
    int outputs = network.output().size();
    for (int image = 0; image < count; image++) {
      float[] input = java.util.Arrays.copyOfRange(pixels, image * size, (image + 1) * size);
      double[] expected = reference.passes(input, image, NONE)[0];
      for (int i = 0; i < outputs; i++) {
        for (float[] values : found) {
          assertEquals(expected[i], values[image * outputs + i], 1e-5, "output " + i);
        }
      }
    }
  }

  private static float[] forward(
      Network network, float[] pixels, int count, boolean channelsInnermost) {
    Device cpu = new Device("cpu");
    List<Integer> dimensions = new ArrayList<>(List.of(count));
    dimensions.addAll(network.input().dimensions());
    long[] shape = dimensions.stream().mapToLong(Integer::longValue).toArray();
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false);
        Parameters parameters = new Parameters(network, cpu, WeightForm.REAL)) {
      Tensor x = Parameters.tensor(pixels, cpu).view(shape);
      if (channelsInnermost && shape.length == 4) {
        x = x.contiguous(MemoryFormat.ChannelsLast);
      }
      Tensor y =
          new Forward(network, parameters, new Noise(Scheme.INDEPENDENT, 1), Forward.Mode.TEST)
              .run(x);
      return Parameters.array(y.contiguous());
    }
  }

  private static final double[] PRE_ACTIVATIONS = {-3, -1, -0.25, 0, 0.25, 0.7, 1, 3};
  private static final int DRAWS = 40_000;

  private interface Use<T> {
    T of(Tensor preActivations, Tensor outputs);
  }

  /// Fires each pre-activation many times; rows are pre-activations.
  private static <T> T fire(Neuron neuron, Use<T> use) {
    Network network = new Network(Shape.of(1), List.of(new Neurons(neuron)));
    Device cpu = new Device("cpu");
    float[] values = new float[PRE_ACTIVATIONS.length * DRAWS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) PRE_ACTIVATIONS[i / DRAWS];
    }
    try (var _ = new PointerScope();
        Parameters parameters = new Parameters(network, cpu, WeightForm.REAL)) {
      Tensor x = Parameters.tensor(values, cpu);
      x.set_requires_grad(true);
      Noise noise = new Noise(Scheme.INDEPENDENT, 1);
      noise.begin(5);
      Forward forward = new Forward(network, parameters, noise, Forward.Mode.LEARN);
      return use.of(x, forward.fire(forward.means(x, 0), 0));
    }
  }

  private static double mean(float[] values, int row) {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += values[row * DRAWS + i];
    }
    return sum / DRAWS;
  }

  /// Means of 40,000 bits at eight pre-activations: |z| < 4.5 for all fails for one seed in 18,000.
  /// Bits that are certain have their mean up to rounding.
  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "pbit:clip"})
  void bitsHaveTwoValuesAndTheActivationAsMean(String notation) {
    Neuron neuron = Neuron.parse(notation);
    double low = neuron.activation().lowest();
    float[] bits = fire(neuron, (x, y) -> Parameters.array(y));
    for (float bit : bits) {
      assertTrue(bit == low || bit == 1, "a bit of " + bit);
    }
    for (int row = 0; row < PRE_ACTIVATIONS.length; row++) {
      double f = neuron.activation().apply(PRE_ACTIVATIONS[row]);
      double p = (f - low) / (1 - low);
      double deviation = (1 - low) * Math.sqrt(p * (1 - p) / DRAWS);
      assertEquals(f, mean(bits, row), 4.5 * deviation + 1e-6, "I = " + PRE_ACTIVATIONS[row]);
    }
  }

  /// As above; uniform noise of amplitude a has the variance a^2 / 3.
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 2})
  void noiseIsUniformAroundTheActivation(double amplitude) {
    Neuron neuron = new Neuron.Noisy(Activation.TANH, amplitude);
    float[] outputs = fire(neuron, (x, y) -> Parameters.array(y));
    for (int row = 0; row < PRE_ACTIVATIONS.length; row++) {
      double f = Math.tanh(PRE_ACTIVATIONS[row]);
      double squares = 0;
      for (int i = 0; i < DRAWS; i++) {
        double noise = outputs[row * DRAWS + i] - f;
        assertTrue(Math.abs(noise) < amplitude + 1e-6, "noise of " + noise);
        squares += noise * noise;
      }
      double variance = amplitude * amplitude / 3;
      assertEquals(f, mean(outputs, row), 4.5 * Math.sqrt(variance / DRAWS));
      // The square of a uniform number has the variance 4/45 of its range's fourth power.
      assertEquals(
          variance, squares / DRAWS, 4.5 * amplitude * amplitude * Math.sqrt(4.0 / 45 / DRAWS));
    }
  }

  /// Whatever the bit or the level, backward a neuron is its activation.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pbit:sigmoid",
        "pbit:tanh",
        "pbit:clip",
        "clip:3bit",
        "noisy:clip:0.5",
        "sigmoid:1bit",
        "tanh:3bit",
        "noisy:tanh:0.5",
        "sigmoid",
        "noisy:relu:1"
      })
  void theGradientIsTheActivations(String notation) {
    Neuron neuron = Neuron.parse(notation);
    float[] gradients =
        fire(
            neuron,
            (x, y) -> {
              y.sum().backward();
              return Parameters.array(x.grad());
            });
    for (int i = 0; i < gradients.length; i++) {
      double at = PRE_ACTIVATIONS[i / DRAWS];
      assertEquals(derivative(neuron.activation(), at), gradients[i], 1e-6, "I = " + at);
    }
  }

  /// Each of the four pixels of a square has a quarter of its gradient, the dropped border none.
  @Test
  void theGradientOfAMeanIsSharedAlike() {
    Network network = new Network(Shape.of(1, 3, 5), List.of(new AveragePool(2)));
    Device cpu = new Device("cpu");
    try (var _ = new PointerScope();
        Parameters parameters = new Parameters(network, cpu, WeightForm.REAL)) {
      Noise noise = new Noise(Scheme.INDEPENDENT, 1);
      Tensor x = Parameters.tensor(new float[15], cpu).view(1, 1, 3, 5);
      x.set_requires_grad(true);
      new Forward(network, parameters, noise, Forward.Mode.LEARN).run(x).sum().backward();
      float q = 0.25f;
      assertArrayEquals(
          new float[] {q, q, q, q, 0, q, q, q, q, 0, 0, 0, 0, 0, 0}, Parameters.array(x.grad()));
    }
  }

  private static double derivative(Activation activation, double at) {
    double f = activation.apply(at);
    return switch (activation) {
      case IDENTITY -> 1;
      case RELU -> at > 0 ? 1 : 0;
      case SIGMOID -> f * (1 - f);
      case TANH -> 1 - f * f;
      case CLIP -> at >= 0 && at <= 1 ? 1 : 0;
      case LEAKY_RELU, ELU, SELU, GELU, GELU_TANH, SILU, HARD_SWISH ->
          (activation.apply(at + 1e-4) - activation.apply(at - 1e-4)) / 2e-4;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "pbit:clip", "noisy:tanh:0.5"})
  void theSameSeedGivesTheSameNoise(String notation) {
    Neuron neuron = Neuron.parse(notation);
    Use<float[]> outputs = (x, y) -> Parameters.array(y);
    assertTrue(java.util.Arrays.equals(fire(neuron, outputs), fire(neuron, outputs)));
  }
}
