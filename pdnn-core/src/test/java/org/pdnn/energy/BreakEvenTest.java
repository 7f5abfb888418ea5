package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.energy.BreakEven.Range;
import org.pdnn.random.Scheme;

/// One neuron of fan-in 2 in the technology of primes. Weights, both: 2 x 32 x 1 = 64 pJ. A p-bit's
/// sample: 3 x 2 to move bits, 2 x 5 / 2 to add, 7 + 11 + 13 in the neuron, 42 pJ. The twin: 3 x 32
/// x 2 = 192, 2 x (3 + 5) and 7, with its weights 279 pJ.
class BreakEvenTest {
  private static final Workload PBIT = new UniformNeurons("p-bit", 1, 2, Examples.PBIT);
  private static final Workload SIGMOID = new UniformNeurons("sigmoid", 1, 2, Examples.SIGMOID);
  private static final Convention SHARED = Convention.PAPER.withMemory(ActivationMemory.WEIGHTS);

  private static BreakEven breakEven(Technology technology, Convention convention) {
    return new BreakEven(new EnergyModel(technology, convention), PBIT);
  }

  private static Technology free(Operation... operations) {
    Technology technology = Examples.primes();
    for (Operation operation : operations) {
      technology = technology.with(operation, Joules.ZERO);
    }
    return technology;
  }

  /// 64 + 5 x 42 = 274; a sixth sample is too much.
  @Test
  void mostSamples() {
    assertEquals(new Range.UpTo<>(5), breakEven(Examples.primes(), Convention.PAPER).samples());
  }

  /// Two words for all: 64 + 22 + 31 T is 272 at T = 6.
  @Test
  void mostSamplesThatShareWords() {
    Convention scrambled = Convention.PAPER.withScheme(Scheme.SCRAMBLED);
    assertEquals(new Range.UpTo<>(6), breakEven(Examples.primes(), scrambled).samples());
  }

  @Test
  void aDearWordNeverPays() {
    Technology dear = Examples.primes().with(Operation.DRAW, Joules.ofPicojoules(1000));
    assertEquals(new Range.Never<>(), breakEven(dear, Convention.PAPER).samples());
  }

  /// One pass, whatever T.
  @Test
  void aDeterministicNetworkAlwaysCostsWhatItsTwinDoes() {
    BreakEven same = new BreakEven(EnergyModel.paper(Examples.primes()), SIGMOID);
    assertEquals(new Range.Always<>(), same.samples());
    assertEquals(new Range.Always<>(), same.weightMemory(9));
  }

  /// Both read 64 bits. The rest is 5 x 42 = 210 or 252 against 215.
  @Test
  void aMemoryThatBothReadAlikeDecidesNothing() {
    BreakEven even = breakEven(Examples.primes(), Convention.PAPER);
    assertEquals(new Range.Always<>(), even.weightMemory(5));
    assertEquals(new Range.Never<>(), even.weightMemory(6));
  }

  /// With its activations there the twin reads 64 + 96 bits and spends 23 on the rest; five samples
  /// read 64 + 15 and spend 180: even at 157 / 81 pJ. Beyond 32 samples they read more.
  @Test
  void aMemoryThatHoldsActivations() {
    BreakEven even = breakEven(Examples.primes(), SHARED);
    assertEquals(new Range.From<>(Joules.ofPicojoules(157.0 / 81)), even.weightMemory(5));
    assertEquals(new Range.Never<>(), even.weightMemory(32));
    assertEquals(new Range.Never<>(), even.weightMemory(40));
  }

  /// If only the twin's multiplications cost anything, 6 pJ, 40 samples may read 24 bits more.
  @Test
  void aMemoryThatMustBeCheap() {
    Technology products =
        free(Operation.ADD, Operation.ACTIVATE, Operation.DRAW, Operation.COMPARE);
    assertEquals(
        new Range.UpTo<>(Joules.ofPicojoules(0.25)), breakEven(products, SHARED).weightMemory(40));
  }

  /// 210 pJ beside 64 bits.
  @Test
  void weightsTakeHalf() {
    BreakEven even = breakEven(Examples.primes(), Convention.PAPER);
    assertEquals(210.0 / 64, even.weightsTakeHalf(5).picojoules());
  }

  /// The bounds are where the energies cross.
  @ParameterizedTest
  @EnumSource
  void randomNetworksCrossThere(Scheme scheme) {
    SplittableRandom random = new SplittableRandom(11);
    int crossed = 0;
    for (int i = 0; i < 20; i++) {
      Workload workload = Workload.of(Examples.random(random));
      EnergyModel model =
          new EnergyModel(
              Technology.named("sram65"),
              Convention.STRICT
                  .withScheme(scheme)
                  .withMemory(
                      random.nextBoolean() ? ActivationMemory.WEIGHTS : ActivationMemory.CHIP));
      BreakEven even = new BreakEven(model, workload);
      switch (even.samples()) {
        case Range.UpTo(Integer most) -> {
          crossed++;
          assertTrue(model.gain(workload, most) >= 1);
          assertTrue(model.gain(workload, most + 1) < 1);
        }
        case Range.Never<Integer> _ -> assertTrue(model.gain(workload, 1) < 1);
        case Range.Always<Integer> _ ->
            assertEquals(Range.Always.class, even.weightMemory(7).getClass());
        case Range.From<Integer> _ -> throw new AssertionError("fewer samples cost less");
      }
    }
    assertTrue(crossed > 0, crossed + " cross");
  }
}
