package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Add;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Scheme;

class ExpectationsTest {
  private static final Layer BITS = new Neurons(Neuron.parse("pbit:sigmoid"));
  private static final Run EXPECTATION =
      new Run(3, Scheme.SCRAMBLED, Averaging.END, LastHidden.EXPECTATION);

  /// The last p-bits are added to others, and a layer makes something of the sums.
  private static IntegerNetwork added(Layer pool) {
    Network network =
        Network.of(Shape.of(1, 4, 4))
            .add(Convolution.of(1, 2, 3, 1, 1))
            .add("first", BITS)
            .add(Convolution.of(2, 2, 3, 1, 1))
            .add("last", BITS)
            .add("sum", new Add(), "first", "last")
            .add(pool)
            .add(new Flatten())
            .add(Dense.of(8, 3))
            .network();
    return Lowering.of(
            SmallNetworks.randomised(network, 3), WeightFormat.parse("8"), InputGrid.PIXELS)
        .result();
  }

  /// Codes beside expectations are brought to their unit; what p-bits read is not.
  @Test
  void sumsAndMeansAreInUnitsOfTheExpectation() {
    IntegerNetwork network = added(new AveragePool(2));
    int last = network.lastPBits();
    Expectations expectations = Expectations.of(network, EXPECTATION);
    assertEquals(7, network.nodes().size());
    assertEquals(0, expectations.shift(last - 1, last));
    assertEquals(0, expectations.shift(last, last + 1));
    assertEquals(15, expectations.shift(1, last + 1));
    assertEquals(0, expectations.shift(last + 1, last + 2));
    assertEquals(0, Expectations.of(network, Run.of(3)).shift(1, last + 1));
  }

  @Test
  void theGreatestOfSumsHasNoExpectation() {
    IntegerNetwork network = added(new MaxPool(2));
    new IntegerSampler(network, Run.of(3));
    for (var refused :
        List.of(
            assertThrows(
                IllegalArgumentException.class, () -> new IntegerSampler(network, EXPECTATION)),
            assertThrows(
                IllegalArgumentException.class,
                () -> new IntegerReference(network, EXPECTATION)))) {
      assertEquals(
          "expectations have no integer form where more than sums, means and the last weights read"
              + " the last p-bits",
          refused.getMessage());
    }
  }
}
