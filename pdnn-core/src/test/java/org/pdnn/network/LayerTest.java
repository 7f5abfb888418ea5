package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayerTest {
  private static final String NOT_FINITE =
      "; train with a lower rate where training diverged, and save the weights again";

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static Tensor zeros(int... dimensions) {
    return Tensor.filled(Shape.of(dimensions), 0);
  }

  @Test
  void shapes() {
    Shape image = Shape.of(3, 32, 16);
    assertEquals("3x32x16", image.toString());
    assertEquals(3, image.rank());
    assertEquals(16, image.dimension(2));
    assertEquals(1536, image.size());
    assertRefused("a shape needs at least one dimension", Shape::of);
    assertRefused("dimensions must be at least 1, got [3, 0]", () -> Shape.of(3, 0));
    assertRefused(
        "a shape has at most 268435456 elements, got [65536, 65536]", () -> Shape.of(65536, 65536));
    assertRefused(
        "a shape has at most 268435456 elements, got [%d, %<d, %<d]".formatted(Integer.MAX_VALUE),
        () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void tensors() {
    float[] values = {1, 2};
    Tensor tensor = new Tensor(Shape.of(2), values);
    values[0] = 9;
    tensor.toArray()[1] = 9;
    assertEquals(new Tensor(Shape.of(2), 1, 2), tensor);
    assertEquals(new Tensor(Shape.of(2), 1, 2).hashCode(), tensor.hashCode());
    assertNotEquals(new Tensor(Shape.of(1, 2), 1, 2), tensor);
    assertRefused(
        "a tensor of shape 2x2 has 4 values, got 3", () -> new Tensor(Shape.of(2, 2), 1, 2, 3));
    assertRefused(
        "values must be finite, got NaN at index 1" + NOT_FINITE,
        () -> new Tensor(Shape.of(2), 0, Float.NaN));
    assertRefused(
        "values must be finite, got -Infinity at index 0" + NOT_FINITE,
        () -> Tensor.filled(Shape.of(2), Float.NEGATIVE_INFINITY));
  }

  @Test
  void dense() {
    assertEquals(Shape.of(3), Dense.of(5, 3).output(Shape.of(5)));
    assertRefused(
        "a dense layer of 5 inputs cannot read 1x5; put a flatten before it",
        () -> Dense.of(5, 3).output(Shape.of(1, 5)));
    assertRefused(
        "a dense weight has 2 dimensions, got shape 3", () -> new Dense(zeros(3), zeros(3)));
    assertRefused("a dense bias has 3 values, got shape 4", () -> new Dense(zeros(3, 5), zeros(4)));
  }

  @Test
  void convolutions() {
    assertEquals(Shape.of(4, 7, 5), Convolution.of(2, 4, 3, 1, 1).output(Shape.of(2, 7, 5)));
    assertEquals(Shape.of(4, 3, 2), Convolution.of(2, 4, 2, 2, 0).output(Shape.of(2, 7, 5)));
    assertRefused(
        "a convolution of 2 channels cannot read 3x7x5",
        () -> Convolution.of(2, 4, 3, 1, 1).output(Shape.of(3, 7, 5)));
    assertRefused(
        "a convolution kernel of 9x9 with padding 0 is larger than its input 2x9x8; make it smaller"
            + " or pad more",
        () -> Convolution.of(2, 4, 9, 1, 0).output(Shape.of(2, 9, 8)));
    assertRefused("stride must be at least 1, got 0", () -> Convolution.of(1, 1, 1, 0, 0));
    assertRefused("padding must be 0 to 256, got -1", () -> Convolution.of(1, 1, 1, 1, -1));
    assertRefused(
        "a convolution weight has 4 dimensions, got shape 3x5",
        () -> new Convolution(zeros(3, 5), zeros(3), 1, 0));
    assertRefused(
        "padding must be 0 to 256, got 2147483647",
        () -> Convolution.of(1, 1, 1, 1, Integer.MAX_VALUE));
  }

  @Test
  void transposedConvolutions() {
    assertEquals(
        Shape.of(3, 8, 4), TransposedConvolution.of(2, 3, 4, 2, 1).output(Shape.of(2, 4, 2)));
    assertRefused(
        "a transposed convolution of 2 channels cannot read 2",
        () -> TransposedConvolution.of(2, 3, 4, 2, 1).output(Shape.of(2)));
    assertRefused(
        "padding 3 cuts everything a transposed convolution makes of 2x2x2",
        () -> TransposedConvolution.of(2, 3, 4, 2, 3).output(Shape.of(2, 2, 2)));
    assertRefused(
        "a transposed convolution bias has 3 values, got shape 2",
        () -> new TransposedConvolution(zeros(2, 3, 4, 4), zeros(2), 2, 1));
    // An extent beyond 2^32, which must not wrap around to a small one.
    assertRefused(
        "a shape has at most 268435456 elements, got an extent of 4294967297",
        () -> TransposedConvolution.of(1, 1, 1, 65536, 0).output(Shape.of(1, 65537, 1)));
  }

  @Test
  void batchNorms() {
    assertEquals(Shape.of(2, 7, 5), BatchNorm.of(2).output(Shape.of(2, 7, 5)));
    assertEquals(Shape.of(2), BatchNorm.of(2).output(Shape.of(2)));
    assertRefused(
        "a batch norm of 2 channels cannot read 3x7x5",
        () -> BatchNorm.of(2).output(Shape.of(3, 7, 5)));
    assertRefused(
        "a batch norm of 2 channels cannot read 2x7", () -> BatchNorm.of(2).output(Shape.of(2, 7)));
    assertRefused(
        "a variance must be at least 0, got -0.5 in channel 1",
        () -> new BatchNorm(zeros(2), zeros(2), zeros(2), new Tensor(Shape.of(2), 0, -0.5f), 1e-5));
    assertRefused(
        "epsilon must be above 0 and below 1, as 1e-5 is, got NaN",
        () -> new BatchNorm(zeros(2), zeros(2), zeros(2), zeros(2), Double.NaN));
    // weight 2, bias 1, mean 3, variance 4 - epsilon: y = (x - 3) / 2 * 2 + 1.
    BatchNorm norm =
        new BatchNorm(
            Tensor.filled(Shape.of(1), 2),
            Tensor.filled(Shape.of(1), 1),
            Tensor.filled(Shape.of(1), 3),
            Tensor.filled(Shape.of(1), 3.5f),
            0.5);
    assertEquals(1, norm.scale(0), 1e-15);
    assertEquals(-2, norm.shift(0), 1e-15);
  }

  @Test
  void layersWithoutWeights() {
    assertEquals(Shape.of(2, 3, 2), new MaxPool(2).output(Shape.of(2, 7, 5)));
    assertRefused(
        "a max pool of 6x6 with padding 0 is larger than its input 2x7x5; make it smaller or pad"
            + " more",
        () -> new MaxPool(6).output(Shape.of(2, 7, 5)));
    assertRefused("kernel must be at least 1, got 0", () -> new MaxPool(0));
    assertEquals(Shape.of(2, 3, 2), new AveragePool(2).output(Shape.of(2, 7, 5)));
    assertEquals(Shape.of(2, 1, 1), new AveragePool(5).output(Shape.of(2, 7, 5)));
    assertRefused(
        "an average pool of 6x6 with padding 0 is larger than its input 2x7x5; make it smaller or"
            + " pad more",
        () -> new AveragePool(6).output(Shape.of(2, 7, 5)));
    assertRefused(
        "an average pool reads images (channels, height, width), not 70",
        () -> new AveragePool(1).output(Shape.of(70)));
    assertRefused("kernel must be at least 1, got 0", () -> new AveragePool(0));
    assertEquals(Shape.of(70), new Flatten().output(Shape.of(2, 7, 5)));
    assertEquals(Shape.of(10, 7), new Reshape(Shape.of(10, 7)).output(Shape.of(2, 7, 5)));
    assertRefused(
        "2x7x5 cannot be reshaped to 9x8: 70 values are not 72",
        () -> new Reshape(Shape.of(9, 8)).output(Shape.of(2, 7, 5)));
    Neurons neurons = new Neurons(Neuron.parse("relu"));
    assertEquals(Shape.of(2, 7), neurons.output(Shape.of(2, 7)));
    assertEquals(neurons, neurons.withTensors(Map.of()));
  }

  @Test
  void networksNameTheLayerThatDoesNotFit() {
    assertRefused(
        "layer 1: a dense layer of 4 inputs cannot read 3",
        () -> new Network(Shape.of(5), List.of(Dense.of(5, 3), Dense.of(4, 2))));
    assertRefused("a network needs at least one layer", () -> new Network(Shape.of(5), List.of()));
    Network network = new Network(Shape.of(5), List.of(Dense.of(5, 3)));
    assertEquals(List.of("0.weight", "0.bias"), List.copyOf(network.tensors().keySet()));
    assertRefused(
        "layer 0: tensor 'weight' must have shape 3x5, got 5x3",
        () -> network.withTensors(Map.of("0.weight", zeros(5, 3), "0.bias", zeros(3))));
    assertRefused(
        "layer 0: tensor 'bias' is missing",
        () -> network.withTensors(Map.of("0.weight", zeros(3, 5))));
  }
}
