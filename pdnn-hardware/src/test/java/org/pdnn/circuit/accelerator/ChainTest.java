package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Window;

/// What has no circuit is refused in a sentence that names the layer and a remedy.
class ChainTest {
  private static final Neurons PBITS = new Neurons(Neuron.parse("pbit:sigmoid"));

  private static Accelerator accelerator(Shape input, int elements, Layer... layers) {
    Network network = SmallNetworks.randomised(new Network(input, List.of(layers)), 1);
    return Accelerator.of(
        network, WeightFormat.parse("8"), InputGrid.PIXELS, new Lfsr(32, 1), elements);
  }

  private static void refused(String why, Layer... layers) {
    Shape input = layers[0] instanceof Dense ? Shape.of(6) : Shape.of(1, 2, 3);
    var e = assertThrows(IllegalArgumentException.class, () -> accelerator(input, 2, layers));
    assertEquals(why, e.getMessage());
  }

  @Test
  void layersWithoutACircuitAreNamed() {
    refused(
        "layer 1 has no circuit: its neurons are sigmoid:3bit; use p-bits, as pbit:sigmoid",
        Dense.of(6, 4),
        new Neurons(Neuron.parse("sigmoid:3bit")),
        Dense.of(4, 2));
    refused(
        "layer 0 has no circuit: it is a mean; use max pools",
        new AveragePool(1),
        new Flatten(),
        Dense.of(6, 4),
        PBITS,
        Dense.of(4, 2));
    refused(
        "layer 2 has no circuit: it is a pool over the border; use one without padding",
        Convolution.of(1, 2, 1, 1, 0),
        PBITS,
        new MaxPool(Window.square(2, 1, 1)),
        new Flatten(),
        Dense.of(24, 2));
    refused(
        "layer 2 has no circuit: it is a convolution in groups; use one group",
        Convolution.of(1, 2, 1, 1, 0),
        PBITS,
        Convolution.of(2, 2, Window.square(1, 1, 0), 2),
        PBITS,
        new Flatten(),
        Dense.of(12, 2));
    refused(
        "layer 2 has no circuit: its p-bits differ from those of layer 0; use one kind",
        Dense.of(6, 4),
        PBITS,
        Dense.of(4, 4),
        new Neurons(Neuron.parse("pbit:tanh")),
        Dense.of(4, 2));
  }

  /// A host computes neurons before the first weights and after the last.
  @Test
  void neuronsAtTheEndsAreTheHosts() {
    Accelerator accelerator =
        accelerator(
            Shape.of(6),
            2,
            new Neurons(Neuron.parse("tanh:2bit")),
            Dense.of(6, 4),
            PBITS,
            Dense.of(4, 2),
            new Neurons(Neuron.parse("sigmoid")));
    assertEquals(2, accelerator.schedule().steps().getFirst().planes());
    assertArrayEquals(
        new int[] {2, 2, 2, 2, 2, 3}, accelerator.codes(new float[] {-1, 0, .25f, .5f, .75f, 1}));
    assertEquals("Optional[sigmoid]", accelerator.after().toString());
  }

  @Test
  void layersThatDoNotAlternateAreRefused() {
    String why =
        "layer %s has no circuit where it stands; put p-bits, and max pools beside them, after each layer of weights but a dense one at the end, and batch norms between the two";
    refused(why.formatted(0), Dense.of(6, 4));
    refused(
        why.formatted(2),
        new MaxPool(Window.of(2, 1)),
        new Flatten(),
        Dense.of(3, 4),
        PBITS,
        Dense.of(4, 2));
    refused(
        why.formatted(2),
        Convolution.of(1, 2, 1, 1, 0),
        PBITS,
        Convolution.of(2, 2, 1, 1, 0),
        new Flatten());
    refused(
        why.formatted(3),
        Convolution.of(1, 2, 1, 1, 0),
        PBITS,
        new MaxPool(Window.of(2, 2).stride(1, 1)),
        Convolution.of(2, 2, 1, 1, 0),
        PBITS,
        new Flatten(),
        Dense.of(4, 2));
  }

  @Test
  void elementsAreAtLeastOne() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> accelerator(Shape.of(6), 0, Dense.of(6, 4), PBITS, Dense.of(4, 2)));
    assertEquals("elements must be 1 to 256, got 0", e.getMessage());
  }

  @Test
  void memoriesBeyondTheTargetAreRefused() {
    Accelerator wide = accelerator(Shape.of(200), 2, Dense.of(200, 90), PBITS, Dense.of(90, 2));
    Target.ECP5.require(wide);
    var e = assertThrows(IllegalArgumentException.class, () -> Target.ICE40.require(wide));
    assertEquals(
        "the memories of this network may take 47 blocks, of which layer 0 takes most, and an iCE40 HX8K has 32; use fewer hidden units or elements, or another --target",
        e.getMessage());
  }

  /// By the weights themselves, not by their number: 255 of 127 each would need more.
  @Test
  void sumsHaveTheBitsThatTheWeightsNeed() {
    Accelerator folded =
        accelerator(Shape.of(6), 2, Dense.of(6, 4), BatchNorm.of(4), PBITS, Dense.of(4, 2));
    WeightLayer first = folded.weightLayers().getFirst();
    byte[] codes = first.weights().codes();
    long most = 0;
    for (int unit = 0; unit < 4; unit++) {
      long above = 0;
      long below = 0;
      for (int input = 0; input < 6; input++) {
        above += Math.max(0, codes[unit * 6 + input]);
        below -= Math.min(0, codes[unit * 6 + input]);
      }
      most = Math.max(most, Math.max(above, below - 1) * 255);
    }
    int bits = first.sumBits();
    assertEquals(bits, folded.sumBits());
    assertTrue(most < 1L << (bits - 1) && most >= 1L << (bits - 2));
  }
}
