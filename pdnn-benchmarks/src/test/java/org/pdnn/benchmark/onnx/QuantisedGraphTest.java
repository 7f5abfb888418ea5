package org.pdnn.benchmark.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.runtime.OnnxSession;

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

  /// Groups, dilation and a mean over all in eight bits are near those of 32.
  @Test
  void windowsAreQuantised() {
    Network network =
        SmallNetworks.randomised(
            new Network(
                Shape.of(2, 6, 5),
                List.of(
                    Convolution.of(2, 4, Window.of(3, 2).stride(1, 1).padding(1, 0, 1, 1), 2),
                    new Neurons(Neuron.parse("sigmoid")),
                    new MaxPool(Window.square(3, 2, 1).ceil(true)),
                    Convolution.of(4, 4, Window.of(2, 2).stride(1, 1).dilation(2, 1), 4),
                    new Neurons(Neuron.parse("sigmoid")),
                    new GlobalAveragePool(),
                    new Flatten(),
                    Dense.of(4, 3))),
            1);
    float[][] inputs = new float[8][60];
    Random random = new Random(1);
    for (float[] input : inputs) {
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextFloat();
      }
    }
    float[][] expected = outputs(FloatGraph.of(network, 8), network, inputs);
    float[][] found = outputs(QuantisedGraph.of(network, inputs), network, inputs);
    for (int i = 0; i < inputs.length; i++) {
      assertArrayEquals(expected[i], found[i], 0.02f, "input " + i);
    }
    Network padded =
        new Network(Shape.of(1, 4, 4), List.of(new AveragePool(Window.square(3, 1, 1), true)));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> QuantisedGraph.of(padded, new float[][] {new float[16]}));
    assertEquals(
        "layer 0: a mean that reads beyond the image is not quantised; fold batch norms first",
        e.getMessage());
  }

  private static float[][] outputs(byte[] model, Network network, float[][] inputs) {
    try (OnnxSession session = new OnnxSession(model, network.input(), inputs, 1)) {
      session.run();
      return session.outputs();
    }
  }
}
