package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;

/// The processing element of figure 7 for p-bits: selective accumulation, a generator and a
/// comparator.
///
/// Cycles with `add` give the terms of a neuron, `weight` and `x`; each moves the generator by its
/// leap. A cycle with `fire` then ends the neuron, whose bit is `pbit` while `done` is up, a cycle
/// later or, by a table, two ([#latency]). Terms of the next neuron may follow at once.
///
/// @param accumulator of the sum
/// @param generator of the random word
/// @param probability of the bit
public record PBitElement(
    SelectiveAccumulator accumulator, Lfsr generator, Probability probability) {
  public PBitElement {
    int fraction = probability.fraction();
    if (probability instanceof Probability.Comparator
        && (fraction > generator.bits() || fraction >= accumulator.bits())) {
      throw new IllegalArgumentException(
          "a fraction of %s bits is compared with a word of %s and a sum of %s"
              .formatted(fraction, generator.bits(), accumulator.bits()));
    }
    if (probability instanceof Probability.Table
        && (generator.bits() < Threshold.BITS
            || accumulator.bits() <= fraction - Affine.FRACTION_BITS)) {
      throw new IllegalArgumentException(
          "thresholds of %s bits need a generator of as many and a sum of more than %s, got %s and %s"
              .formatted(
                  Threshold.BITS,
                  fraction - Affine.FRACTION_BITS,
                  generator.bits(),
                  accumulator.bits()));
    }
    if (probability instanceof Probability.Listed listed
        && (generator.bits() < Probability.Listed.BITS || accumulator.bits() < listed.sumBits())) {
      throw new IllegalArgumentException(
          "%s thresholds of %s bits need a sum of %s bits and a generator of 32, got %s and %s"
              .formatted(
                  listed.thresholds().size(),
                  Probability.Listed.BITS,
                  listed.sumBits(),
                  accumulator.bits(),
                  generator.bits()));
    }
  }

  /// Cycles from `fire` to `done`.
  public int latency() {
    return switch (probability) {
      case Probability.Comparator _, Probability.Listed _ -> 1;
      case Probability.Table _ -> 2;
    };
  }

  /// The circuit.
  public Circuit circuit() {
    Signal weight = new Signal("weight", accumulator.weightBits());
    Signal x = new Signal("x", 1);
    Signal add = new Signal("add", 1);
    Signal fire = new Signal("fire", 1);
    Signal load = new Signal("load", 1);
    Signal seed = new Signal("seed", generator.bits());
    Signal sum = new Signal("sum", accumulator.bits());
    Signal word = new Signal("word", generator.bits());
    Signal pbit = new Signal("pbit", 1);
    Signal done = new Signal("done", 1);
    List<Part> parts = new ArrayList<>();
    parts.add(new Note("Synapse: adds the weights whose input bit is up."));
    parts.add(
        new Instance(
            "accumulator",
            accumulator.circuit(),
            Map.of("weight", weight, "x", x, "add", add, "clear", fire),
            Map.of("sum", sum)));
    parts.add(
        new Note("Generator: moves with every term, so that each neuron finds a fresh word."));
    parts.add(
        new Instance(
            "generator",
            generator.circuit(),
            Map.of("load", load, "seed", seed, "shift", add),
            Map.of("state", word)));
    switch (probability) {
      case Probability.Comparator(int fraction) -> {
        Signal random = new Signal("random", sum.width());
        parts.add(new Note("Comparator: up if a random number in [0, 1) lies below the sum."));
        parts.add(new Wire(random, word.top(fraction).extended(sum.width())));
        parts.add(new Register(pbit, 0, random.lessThanSigned(sum)));
        parts.add(new Register(done, 0, fire));
      }
      case Probability.Table(Threshold curve, int fraction) -> {
        int dropped = fraction - Affine.FRACTION_BITS;
        Signal scaled = new Signal("scaled", sum.width() - dropped);
        Signal i = new Signal("i", Short.SIZE);
        Signal threshold = new Signal("threshold", Threshold.BITS + 1);
        Signal fired = new Signal("fired", 1);
        Expression random = word.top(Threshold.BITS).extended(threshold.width());
        parts.add(
            new Note("Activation: the threshold of the sum in units of 2^-10, a cycle later."));
        parts.add(new Wire(scaled, sum.bits(sum.width() - 1, dropped)));
        parts.add(new Wire(i, Saturation.of(scaled, Short.SIZE)));
        parts.add(
            new Instance(
                "activation",
                new ThresholdTable(curve).circuit(),
                Map.of("i", i),
                Map.of("threshold", threshold)));
        parts.add(new Register(fired, 0, fire));
        parts.add(new Note("Comparator: up if the upper 15 bits of the word lie below it."));
        parts.add(new Register(pbit, 0, random.lessThan(threshold)));
        parts.add(new Register(done, 0, fired));
      }
      case Probability.Listed listed -> {
        Signal threshold = new Signal("threshold", Probability.Listed.BITS + 1);
        Expression random = word.top(Probability.Listed.BITS).extended(threshold.width());
        parts.add(new Note("Probability: the threshold of the sum, from a list."));
        parts.add(new Wire(threshold, listed.of(sum)));
        parts.add(new Note("Comparator: up if the upper 31 bits of the word lie below it."));
        parts.add(new Register(pbit, 0, random.lessThan(threshold)));
        parts.add(new Register(done, 0, fire));
      }
    }
    return new Circuit(
        "pbit_element",
        "Processing element of a p-bit: Ghantasala et al. (2026), figure 7.",
        List.of(weight, x, add, fire, load, seed),
        parts,
        List.of(pbit, done, sum));
  }
}
