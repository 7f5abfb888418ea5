package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
  private static final Neuron NEURON = Neuron.parse("pbit:sigmoid");
  private static final Shape DIGITS = Shape.of(1, 28, 28);

  @Test
  void vgg5HasThePapersNumberOfParameters() {
    Network network = Preset.network("VGG5", Shape.of(3, 32, 32), 10, NEURON);
    assertEquals(2_202_122, network.parameters());
    assertEquals(Shape.of(10), network.output());
    assertEquals(0, network.shapes().indexOf(network.input()));
    assertEquals(
        "[3x32x32, 32x32x32, 32x16x16, 64x16x16, 64x8x8, 128x8x8, 128x4x4, 2048, 1024, 10]",
        network.shapes().stream().distinct().toList().toString());
  }

  /// The layers of vgg5 in the order that deterministic neurons may take as well.
  @Test
  void vgg5MayPoolFirst() {
    Shape picture = Shape.of(3, 32, 32);
    Neuron sigmoid = Neuron.parse("sigmoid");
    assertEquals(
        MoveNeuronsAfterPool.apply(Preset.network("vgg5", picture, 10, sigmoid)),
        Preset.network("vgg5:pool-first", picture, 10, sigmoid));
  }

  /// As published: 78,666 values with the statistics of batch norms (MLPerf Tiny), 0.27 million
  /// parameters of ResNet-20 (K. He et al., table 6).
  @Test
  void residualNetworksHaveThePublishedParameters() {
    Network resnet8 = Preset.network("resnet8", NEURON);
    assertEquals(78_666, resnet8.tensors().values().stream().mapToLong(Tensor::size).sum());
    assertEquals(78_186, resnet8.parameters());
    assertEquals(Shape.of(10), resnet8.output());
    assertEquals(273_066, Preset.network("resnet20", NEURON).parameters());
    assertEquals(19, Preset.network("resnet20", NEURON).hiddenNeurons().size());
  }

  /// Neurons before the sums make other functions of as many parameters. With p-bits added, what
  /// every convolution but the first reads is a bit or the sum of two; with pre-activation, a bit.
  @Test
  void residualNetworksHaveTheirNeuronsElsewhereToo() {
    for (String form : List.of("bits-added", "pre-activation")) {
      Network other = Preset.network("resnet8:" + form, NEURON);
      assertEquals(78_186, other.parameters());
      for (int i = 1; i < other.layers().size(); i++) {
        if (other.layers().get(i) instanceof Convolution) {
          Layer read = other.layers().get(other.reads(i).getFirst());
          assertTrue(
              read instanceof Neurons || (read instanceof Add && form.equals("bits-added")), form);
        }
      }
    }
    Network added = Preset.network("resnet8:bits-added", NEURON);
    for (int i = 0; i < added.layers().size(); i++) {
      if (added.layers().get(i) instanceof Add) {
        for (int from : added.reads(i)) {
          assertInstanceOf(Neurons.class, added.layers().get(from));
        }
      }
    }
    assertEquals(21, Preset.network("resnet20:bits-added", NEURON).hiddenNeurons().size());
  }

  /// As published by MLPerf Tiny, with the statistics of batch norms.
  @ParameterizedTest
  @CsvSource({"mobilenet, 221794", "ds-cnn, 24908", "autoencoder, 269992", "resnet8, 78666"})
  void tinyNetworksHaveThePublishedValues(String name, long values) {
    Network network = Preset.network(name, NEURON);
    assertEquals(values, network.tensors().values().stream().mapToLong(Tensor::size).sum());
  }

  /// Patches of 48 values, 64 positions; a block has 4 projections, 2 norms and a perceptron of
  /// four times the width: 12 width² + 13 width.
  @Test
  void visionTransformersHaveTheParametersOfTheirSizes() {
    int block = 12 * 64 * 64 + 13 * 64;
    assertEquals(
        (48 * 64 + 64) + 64 * 64 + 4 * block + 2 * 64 + (64 * 10 + 10),
        Preset.network("vit", NEURON).parameters());
    Network small = Preset.network("vit:7-32-2-4", DIGITS, 10, NEURON);
    assertEquals(
        (49 * 32 + 32) + 16 * 32 + 2 * (12 * 32 * 32 + 13 * 32) + 2 * 32 + (32 * 10 + 10),
        small.parameters());
    assertEquals(2, small.hiddenNeurons().size());
    assertEquals(
        "a vision transformer of patches of 5 pixels cannot read 1x28x28; choose patches whose side"
            + " divides the image's",
        fault("vit:5-32-2-4"));
    assertEquals(
        "layer 6: 32 channels are not divisible into 3 heads; choose heads that divide" + " them",
        fault("vit:7-32-2-3"));
    assertEquals(
        "network 'vit:7-32' needs the sizes of patches and tokens, blocks and heads, as in"
            + " vit:4-64-4-4",
        fault("vit:7-32"));
  }

  private static String fault(String name) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Preset.network(name, DIGITS, 10, NEURON))
            .getMessage());
  }

  @Test
  void perceptronsHaveTheSizesOfTheirName() {
    Network network = Preset.network("mlp:784-64-32-10", DIGITS, 10, NEURON);
    assertEquals(784 * 64 + 64 + 64 * 32 + 32 + 32 * 10 + 10, network.parameters());
    assertEquals(
        Preset.network("mlp:784-256-128-10", DIGITS, 10, NEURON),
        Preset.network(" MLP ", DIGITS, 10, NEURON));
    assertEquals(1, Preset.network("mlp:4-2", Shape.of(4), 2, NEURON).layers().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          vgg    | unknown network 'vgg' (did you mean 'vgg5'?); use mlp:784-256-128-10, cnn:16-32, vit:4-64-4-4 (any sizes), vgg5, vgg5:pool-first, resnet8, resnet20, mobilenet, ds-cnn or autoencoder
          vgg16  | unknown network 'vgg16' (did you mean 'vgg5'?); use mlp:784-256-128-10, cnn:16-32, vit:4-64-4-4 (any sizes), vgg5, vgg5:pool-first, resnet8, resnet20, mobilenet, ds-cnn or autoencoder
          resnet18 | unknown network 'resnet18' (did you mean 'resnet8'?); use mlp:784-256-128-10, cnn:16-32, vit:4-64-4-4 (any sizes), vgg5, vgg5:pool-first, resnet8, resnet20, mobilenet, ds-cnn or autoencoder
          cnn:4-x | sizes of network 'cnn:4-x' must be whole numbers of at least 1, as in mlp:784-256-128-10, got 'x'
          cnn:1-1-1-1-1 | network 'cnn:1-1-1-1-1' halves height and width 5 times, which 1x28x28 does not allow; name fewer channels
          mlp:   | network 'mlp:' needs two or more sizes joined by '-', as in mlp:784-256-128-10
          mlp:784 | network 'mlp:784' needs two or more sizes joined by '-', as in mlp:784-256-128-10
          mlp:0-4-2 | sizes of network 'mlp:0-4-2' must be whole numbers of at least 1, as in mlp:784-256-128-10, got '0'
          mlp:784-0-10 | sizes of network 'mlp:784-0-10' must be whole numbers of at least 1, as in mlp:784-256-128-10, got '0'
          mlp:784-x | sizes of network 'mlp:784-x' must be whole numbers of at least 1, as in mlp:784-256-128-10, got 'x'
          mlp:783-10 | network 'mlp:783-10' must begin with the 784 values of an input and end with the 10 classes
          """)
  void badNamesAreAnswered(String name, String answer) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Preset.network(name, DIGITS, 10, NEURON));
    assertEquals(answer, e.getMessage());
  }

  @Test
  void vgg5NeedsAnImage() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Preset.network("vgg5", Shape.of(3, 32, 7), 10, NEURON));
    assertEquals("vgg5 reads images of at least 8x8 pixels, got 3x32x7", e.getMessage());
  }
}
