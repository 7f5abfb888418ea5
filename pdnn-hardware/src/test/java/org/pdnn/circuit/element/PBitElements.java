package org.pdnn.circuit.element;

import java.util.stream.LongStream;
import org.pdnn.integer.Threshold;

/// The p-bit elements that tests know by name.
@SuppressWarnings("ImmutableEnumChecker") // records of records and numbers
enum PBitElements {
  /// The row of 32 bits in the paper's table: weights in Q6.25, 32 of them and a bias.
  WIDE(new PBitElement(new SelectiveAccumulator(33, 32), new Lfsr(32, 1), comparator(25))),

  /// The same with all 32 bits of the word compared, which takes the most logic.
  WIDEST(new PBitElement(new SelectiveAccumulator(33, 32), new Lfsr(32, 1), comparator(32))),

  /// Weights of 8 bits, sums of up to 1,024 of them.
  NARROW(new PBitElement(new SelectiveAccumulator(33, 8, 18), new Lfsr(16, 1), comparator(7))),

  /// Few terms, so that the generator leaps.
  LEAPING(new PBitElement(new SelectiveAccumulator(4, 8), new Lfsr(32, 8), comparator(7))),

  /// The fewest cycles for a neuron of more than one term.
  PAIR(new PBitElement(new SelectiveAccumulator(2, 8), new Lfsr(16, 8), comparator(7))),

  SIGMOID(table(Threshold.SIGMOID)),
  TANH(table(Threshold.TANH)),
  CLIP(table(Threshold.CLIP)),

  /// A probability for each sum, of which the uppermost bit does not choose.
  LISTED(
      new PBitElement(
          new SelectiveAccumulator(4, 3),
          new Lfsr(32, 8),
          new Probability.Listed(
              LongStream.range(0, 16)
                  .map(sum -> sum == 15 ? 1L << 31 : sum * 0x0765_4321)
                  .boxed()
                  .toList()))),

  /// The least there is.
  LEAST(new PBitElement(new SelectiveAccumulator(1, 2), new Lfsr(16, 16), comparator(1)));

  final PBitElement element;

  PBitElements(PBitElement element) {
    this.element = element;
  }

  private static Probability comparator(int fraction) {
    return new Probability.Comparator(fraction);
  }

  /// Sums that reach beyond the table's end on both sides.
  private static PBitElement table(Threshold curve) {
    return new PBitElement(
        new SelectiveAccumulator(4, 17), new Lfsr(16, 4), new Probability.Table(curve, 12));
  }
}
