package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final Network NETWORK =
      new Network(
          Shape.of(6, 5, 5),
          List.of(
              Convolution.of(6, 40, 5, 1, 0), BatchNorm.of(40), new Flatten(), Dense.of(40, 300)));

  private static float[] values(long seed, String tensor) {
    Tensor found = InitialWeights.GLOROT.of(NETWORK, seed).tensors().get(tensor);
    if (found == null) {
      throw new AssertionError(tensor + " is missing");
    }
    return found.toArray();
  }

  @Test
  void meanAndVarianceOfGlorotAreThePapers() {
    // Fails for one seed in 15,000 (|z| < 4) each; the seed is fixed.
    double dense = 2.0 / (40 + 300);
    assertTrue(Math.abs(meanDeviation(values(1, "3.weight"), dense)) < 4);
    assertTrue(Math.abs(varianceDeviation(values(1, "3.weight"), dense)) < 4);
    double convolution = 2.0 / (25 * 6 + 25 * 40);
    assertTrue(Math.abs(meanDeviation(values(1, "0.weight"), convolution)) < 4);
    assertTrue(Math.abs(varianceDeviation(values(1, "0.weight"), convolution)) < 4);
  }

  @Test
  void aVarianceTenPercentOffIsRejected() {
    assertTrue(Math.abs(varianceDeviation(values(1, "3.weight"), 2.2 / (40 + 300))) > 4);
  }

  private static double meanDeviation(float[] values, double variance) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / Math.sqrt(values.length * variance);
  }

  /// The sum of squares of n normal numbers has mean n s^2 and variance 2 n s^4.
  private static double varianceDeviation(float[] values, double variance) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return (squares / variance - values.length) / Math.sqrt(2.0 * values.length);
  }

  /// A depthwise layer has a fan-in of its kernel alone: 1 / sqrt(9). Of 5,760 uniform numbers the
  /// largest lies above 0.999 of the bound but for one seed in 300; the seed is fixed.
  @Test
  void theFanInOfGroupsIsPyTorchs() {
    Network network =
        new Network(
            Shape.of(640, 3, 3), List.of(Convolution.of(640, 640, Window.square(3, 1, 0), 640)));
    float most = 0;
    Tensor weight = InitialWeights.PYTORCH.of(network, 1).tensors().get("0.weight");
    for (float value : java.util.Objects.requireNonNull(weight).toArray()) {
      most = Math.max(most, Math.abs(value));
    }
    assertEquals(1 / 3.0, most, 0.001 / 3);
    // As in torch.nn.init: groups do not count in the fan-out.
    assertEquals(
        Math.sqrt(2.0 / (9 + 640 * 9)), InitialWeights.glorot(Shape.of(640, 1, 3, 3)), 1e-15);
  }

  @Test
  void theSameSeedGivesTheSameWeightsEverywhere() {
    assertEquals(
        "[-0.10871624, -0.020411488, 0.22039747]",
        Arrays.toString(Arrays.copyOf(values(1, "3.weight"), 3)));
    assertNotEquals(InitialWeights.GLOROT.of(NETWORK, 1), InitialWeights.GLOROT.of(NETWORK, 2));
  }

  @Test
  void glorotLeavesBiasesAndBatchNormsAlone() {
    Network network = InitialWeights.GLOROT.of(NETWORK, 1);
    for (var entry : NETWORK.tensors().entrySet()) {
      if (entry.getValue().shape().rank() == 1) {
        assertEquals(entry.getValue(), network.tensors().get(entry.getKey()));
      }
    }
  }

  @Test
  void pytorchsDefaultIsUniformByFanInForWeightsAndBiases() {
    Network network = InitialWeights.PYTORCH.of(NETWORK, 1);
    for (var layer : List.of("0", "3")) {
      double bound = 1 / Math.sqrt(layer.equals("0") ? 6 * 25 : 40);
      for (var name : List.of(".weight", ".bias")) {
        Tensor tensor = network.tensors().get(layer + name);
        if (tensor == null) {
          throw new AssertionError(layer + name + " is missing");
        }
        double most = 0;
        for (float value : tensor.toArray()) {
          most = Math.max(most, Math.abs(value));
        }
        // The largest of 40 or more lies above 0.8 of the bound but for odds of 0.8^40 = 1e-4.
        assertTrue(most <= bound && most > 0.8 * bound, layer + name + " reaches " + most);
      }
    }
    assertEquals(BatchNorm.of(40), network.layers().get(1));
  }
}
