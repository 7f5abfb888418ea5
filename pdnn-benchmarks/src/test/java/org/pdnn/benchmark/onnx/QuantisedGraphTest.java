package org.pdnn.benchmark.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Dense;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

class QuantisedGraphTest {
  private static final float[][] INPUTS = {{0.5f, 1}, {-3, 0.25f}};

  private static Network network(String... neurons) {
    Dense dense = new Dense(new Tensor(Shape.of(2, 2), 1, 2, -1, 1), new Tensor(Shape.of(2), 0, 1));
    return new Network(
        Shape.of(2),
        List.of(
            dense,
            new Neurons(Neuron.parse(neurons[0])),
            new Neurons(Neuron.parse(neurons[1])),
            dense));
  }

  /// Levels that reach below 0 or above 1 would have to be clipped by an operator of their own.
  @Test
  void aClipThatNoRangeMakesIsRefused() {
    for (String before : List.of("tanh", "relu")) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> QuantisedGraph.of(network(before, "clip"), INPUTS));
      assertEquals(
          "layer 2: a clip that follows no layer of weights is not quantised; fold batch norms"
              + " first",
          e.getMessage());
    }
  }

  @Test
  void aClipOfWhatLiesInItsRangeIsNone() {
    assertTrue(QuantisedGraph.of(network("sigmoid", "clip"), INPUTS).length > 0);
    assertTrue(QuantisedGraph.of(network("clip", "clip"), INPUTS).length > 0);
  }
}
