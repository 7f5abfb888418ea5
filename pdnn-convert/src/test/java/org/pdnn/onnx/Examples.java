package org.pdnn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// Small deterministic networks with seeded weights, and what they answer, for tests.
public final class Examples {
  private Examples() {}

  /// A perceptron of vectors.
  public static Network perceptron() {
    return SmallNetworks.randomised(
        new Network(
            Shape.of(5),
            List.of(
                Dense.of(5, 7),
                BatchNorm.of(7),
                neurons("relu"),
                Dense.of(7, 6),
                neurons("sigmoid"),
                Dense.of(6, 3))),
        1);
  }

  /// Images, pools and a classifier.
  public static Network images() {
    return SmallNetworks.randomised(
        new Network(
            Shape.of(2, 9, 8),
            List.of(
                Convolution.of(2, 4, 3, 1, 1),
                BatchNorm.of(4),
                neurons("relu"),
                new MaxPool(2),
                Convolution.of(4, 3, 2, 2, 0),
                neurons("tanh"),
                new Flatten(),
                Dense.of(12, 4))),
        2);
  }

  /// What vectors become when they become images.
  public static Network decoder() {
    return SmallNetworks.randomised(
        new Network(
            Shape.of(6),
            List.of(
                Dense.of(6, 12),
                neurons("tanh"),
                new Reshape(Shape.of(3, 2, 2)),
                new TransposedConvolution(
                    Tensor.filled(Shape.of(3, 2, 3, 2), 0), Tensor.filled(Shape.of(2), 0), 2, 1),
                neurons("sigmoid"))),
        3);
  }

  /// Clipped neurons and means.
  public static Network clipped() {
    return SmallNetworks.randomised(
        new Network(
            Shape.of(1, 9, 9),
            List.of(
                Convolution.of(1, 3, 3, 2, 1),
                neurons("clip"),
                new AveragePool(2),
                Convolution.of(3, 4, 2, 1, 0),
                BatchNorm.of(4),
                neurons("clip"),
                new Flatten(),
                Dense.of(4, 3))),
        4);
  }

  public static Stream<Network> all() {
    return Stream.of(perceptron(), images(), decoder(), clipped(), transformer());
  }

  /// Tokens that attend to each other.
  public static Network transformer() {
    return SmallNetworks.everyPosition(Neuron.parse("gelu"), Neuron.parse("leaky-relu:0.2"));
  }

  public static Neurons neurons(String notation) {
    return new Neurons(Neuron.parse(notation));
  }

  /// Inputs from N(0, 1).
  public static float[][] inputs(Shape shape, int count, long seed) {
    Random random = new Random(seed);
    float[][] inputs = new float[count][shape.size()];
    for (float[] input : inputs) {
      for (int i = 0; i < input.length; i++) {
        input[i] = (float) random.nextGaussian();
      }
    }
    return inputs;
  }

  /// The outputs of a deterministic network, by the reference.
  public static float[][] answers(Network network, float[][] inputs) {
    List<float[]> rows = new ArrayList<>();
    ReferenceSampler sampler = new ReferenceSampler(network, Run.of(1));
    for (float[] input : inputs) {
      double[] outputs = sampler.passes(input, 0, new Philox(1))[0];
      float[] row = new float[outputs.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) outputs[i];
      }
      rows.add(row);
    }
    return rows.toArray(float[][]::new);
  }

  /// The extents of a batch.
  public static long[] extents(int batch, Shape shape) {
    long[] extents = new long[shape.rank() + 1];
    extents[0] = batch;
    for (int axis = 1; axis < extents.length; axis++) {
      extents[axis] = shape.dimension(axis - 1);
    }
    return extents;
  }

  /// Equal within 1e-4, in units of the greatest expected number where that is above 1.
  public static void assertClose(float[][] expected, float[][] found, String message) {
    float greatest = 1;
    for (float[] row : expected) {
      for (float value : row) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], found[i], 1e-4f * greatest, message);
    }
  }
}
