package org.pdnn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

class RetrofitTest {
  private static final Network TRAINED =
      InitialWeights.GLOROT.of(
          Preset.network("vgg5", Shape.of(1, 8, 8), 10, Neuron.parse("sigmoid")), 1);

  private static double[] outputs(Network network) {
    float[] input = new float[64];
    for (int i = 0; i < input.length; i++) {
      input[i] = i % 7 / 7f;
    }
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  @Test
  void deterministicNeuronsMoveBehindPoolsWithoutAChange() {
    Network moved = new Retrofit(Optional.empty(), false, true, Optional.empty()).of(TRAINED);
    assertNotEquals(TRAINED.layers().size(), moved.layers().size());
    double[] expected = outputs(TRAINED);
    double[] found = outputs(moved);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-5);
    }
  }

  @Test
  void neuronsAreReplacedWhereTheyStand() {
    Neuron bit = Neuron.parse("pbit:sigmoid");
    for (boolean behind : new boolean[] {false, true}) {
      Network swapped = Retrofit.neurons(bit, behind).of(TRAINED);
      List<Integer> places =
          IntStream.range(0, swapped.layers().size())
              .filter(i -> swapped.layers().get(i) instanceof Neurons)
              .boxed()
              .toList();
      assertEquals(behind ? List.of(2, 5, 8, 11) : List.of(1, 4, 7, 11), places);
      assertTrue(swapped.random());
    }
    assertFalse(Retrofit.NONE.of(TRAINED).random());
  }

  /// The first layer is an edge: rounded to four bits it loses more than with the eight it keeps.
  @Test
  void edgesAreRoundedIfAsked() {
    WeightFormat four = WeightFormat.parse("4g");
    double kept = error(Retrofit.weights(four, false));
    double rounded = error(Retrofit.weights(four, true));
    assertTrue(kept > 0);
    assertTrue(rounded > 4 * kept, rounded + " against " + kept);
  }

  private static double error(Retrofit retrofit) {
    Tensor expected = first(Retrofit.NONE);
    Tensor found = first(retrofit);
    double sum = 0;
    for (int i = 0; i < expected.size(); i++) {
      sum += Math.pow(expected.get(i) - found.get(i), 2);
    }
    return sum;
  }

  private static Tensor first(Retrofit retrofit) {
    return retrofit.of(TRAINED).tensors().values().iterator().next();
  }
}
