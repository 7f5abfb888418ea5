package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.IntegerReference;
import org.pdnn.sampling.Run;

/// The accelerator in the emulator, beside the reference in integers that draws the accelerator's
/// own words.
class AcceleratorTest {
  private static final int SEED = 0x9ABCDEF1;

  /// Kinds of p-bits, numbers of elements that divide no layer, layers of fewer units than there
  /// are elements, both registers.
  @ParameterizedTest
  @CsvSource({
    "sigmoid, 8, 1, 32",
    "sigmoid, 8, 5, 32",
    "tanh, 4, 3, 32",
    "clip, 2, 40, 32",
    "sigmoid, 1, 4, 16"
  })
  void everyPassIsThatOfTheReference(String curve, String weights, int elements, int bits) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:" + curve), 40, 33, 12, 7);
    Accelerator accelerator =
        Accelerator.of(
            network, WeightFormat.parse(weights), InputGrid.PIXELS, new Lfsr(bits, 1), elements);
    SplittableRandom random = new SplittableRandom(elements);
    int[][] codes =
        Stream.generate(() -> random.ints(40, 0, 256).toArray()).limit(5).toArray(int[][]::new);
    float[][] inputs = new float[codes.length][40];
    for (int input = 0; input < codes.length; input++) {
      for (int i = 0; i < 40; i++) {
        inputs[input][i] = codes[input][i] / 255f;
      }
    }
    equal(accelerator, inputs, codes, 6);
  }

  private static void equal(Accelerator accelerator, float[][] inputs, int[][] codes, int passes) {
    Run run = new Run(passes, accelerator.scheme(), Averaging.END, LastHidden.BITS);
    IntegerReference reference = new IntegerReference(accelerator.network(), run);
    RandomWords words = accelerator.words(SEED, passes);
    Device device = new Device(accelerator);
    device.load(SEED);
    for (int input = 0; input < codes.length; input++) {
      long[][] totals = device.totals(codes[input], passes);
      double[][] expected = reference.passes(inputs[input], input, words);
      for (int pass = 0; pass < passes; pass++) {
        long[] sums = totals[pass].clone();
        for (int o = 0; pass > 0 && o < sums.length; o++) {
          sums[o] -= totals[pass - 1][o];
        }
        assertArrayEquals(expected[pass], accelerator.network().outputs(sums, 0));
      }
      assertEquals(accelerator.schedule().cycles(passes), device.cycles());
    }
  }

  /// Convolutions, pools and masks, elements that divide no layer's channels or exceed them, both
  /// registers, biases that differ at the border.
  @ParameterizedTest
  @CsvSource({
    "ONE, sigmoid, 1, 32",
    "ONE, tanh, 2, 32",
    "DEEP, sigmoid, 3, 32",
    "DEEP, tanh, 4, 16",
    "POOL_FIRST, clip, 2, 32",
    "POOL_FIRST, tanh, 40, 32",
    "ODD, sigmoid, 4, 16",
    "ODD, tanh, 3, 32",
    "MASKED, sigmoid, 1, 32",
    "MASKED, tanh, 5, 16",
    "MASKED, clip, 40, 32",
    "MASKED_WITHIN, tanh, 4, 32",
    "MASKED_WITHIN, sigmoid, 3, 16"
  })
  void everyPassOfChainsIsThatOfTheReference(
      SmallChains chain, String curve, int elements, int bits) {
    Accelerator accelerator = chain.accelerator(curve, elements, bits);
    float[][] inputs = chain.inputs(3);
    int[][] codes = Stream.of(inputs).map(accelerator::codes).toArray(int[][]::new);
    equal(accelerator, inputs, codes, 4);
  }

  /// Blocks of 32 passes, that which is full and that which is not, input after input.
  @ParameterizedTest
  @CsvSource({
    "MASKED, sigmoid, 5, 34",
    "DEEP, tanh, 3, 3",
    "ODD, clip, 40, 32",
    "ONE, tanh, 1, 65"
  })
  void everyScrambledPassIsThatOfTheReference(
      SmallChains chain, String curve, int elements, int passes) {
    Accelerator accelerator = chain.accelerator(curve, elements, 32, Scheme.SCRAMBLED);
    float[][] inputs = chain.inputs(3);
    int[][] codes = Stream.of(inputs).map(accelerator::codes).toArray(int[][]::new);
    equal(accelerator, inputs, codes, passes);
  }

  /// That of the paper's FPGA: every pixel of the decoder, of which each neuron has 32 inputs.
  @Test
  void everyPixelOfTheDecoderIsThatOfTheReference() {
    Accelerator accelerator = Decoder.accelerator(16);
    float[][] inputs = Decoder.inputs(8);
    int[][] codes = Stream.of(inputs).map(accelerator::codes).toArray(int[][]::new);
    equal(accelerator, inputs, codes, 2);
    assertEquals(
        List.of(10, 0, 32, 32, 32),
        accelerator.schedule().steps().stream().map(Step::terms).toList());
  }

  /// A network for MNIST, on digits that it was not trained for: its p-bits are far from certain.
  @Test
  void everyPassOfDigitsIsThatOfTheReference() {
    Images digits = Digits.generate(1, 10, 30).test();
    Network zero =
        Preset.network("mlp:784-64-32-10", digits.shape(), 10, Neuron.parse("pbit:sigmoid"));
    Accelerator accelerator =
        Accelerator.of(
            InitialWeights.PYTORCH.of(zero, 1),
            WeightFormat.parse("8"),
            InputGrid.PIXELS,
            new Lfsr(32, 1),
            16);
    float[][] inputs = LabelledInputs.of(digits).read(0, digits.count(), 784);
    int[][] codes = Stream.of(inputs).map(accelerator::codes).toArray(int[][]::new);
    equal(accelerator, inputs, codes, 8);
  }
}
