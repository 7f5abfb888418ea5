package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Stimulus;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.FeedbackRegister;

/// A p-bit element that is fed random weights and bits, neuron after neuron, and what it must give.
///
/// The result of a neuron is its sum and, as bit 0, its p-bit. The first neurons use the words from
/// the state after reset; then the generator is loaded, between two neurons.
///
/// @param terms of each neuron
record PBitBench(PBitElement element, int terms) {
  private static final long STIMULUS = 0x9E3779B97F4A7C15L;
  private static final int SEED = 0x9ABCDEF1;

  /// The neurons before the generator is loaded.
  private static final int BEFORE = 200;

  PBitBench(PBitElement element) {
    this(element, element.accumulator().terms());
  }

  /// The cycles that so many neurons take.
  int cycles(int neurons) {
    return neurons * (terms + 1) + element.latency();
  }

  /// The element and what feeds it.
  Circuit circuit() {
    return circuit(element.circuit());
  }

  /// The same around a circuit in the element's place.
  Circuit circuit(Circuit inner) {
    int width = element.accumulator().bits();
    Signal stimulus = new Signal("stimulus", 64);
    Signal term = new Signal("term", 16);
    Signal neuron = new Signal("neuron", 8);
    Signal fire = new Signal("fire", 1);
    Signal last = new Signal("last_sum", width);
    Signal first = new Signal("first", 1);
    Signal pbit = new Signal("pbit", 1);
    Signal done = new Signal("done", 1);
    Signal sum = new Signal("sum", width);
    Signal valid = new Signal("valid", 1);
    Signal result = new Signal("result", 64);
    Expression many = neuron.equalTo(Expression.constant(BEFORE + 1, 8));
    List<Part> parts = new ArrayList<>(Stimulus.register(stimulus, STIMULUS));
    parts.add(new Wire(fire, term.equalTo(Expression.constant(terms, 16))));
    parts.add(new Register(term, 0, fire, Part.ALWAYS, term.plus(Expression.constant(1, 16))));
    parts.add(
        new Register(neuron, 0, fire.and(many.not()), neuron.plus(Expression.constant(1, 8))));
    parts.add(
        new Instance(
            "element",
            inner,
            Map.of(
                "weight",
                stimulus.top(element.accumulator().weightBits()),
                "x",
                stimulus.bit(0),
                "add",
                fire.not(),
                "fire",
                fire,
                "load",
                fire.and(neuron.equalTo(Expression.constant(BEFORE, 8))),
                "seed",
                Expression.constant(start(), element.generator().bits())),
            Map.of("pbit", pbit, "done", done, "sum", sum)));
    parts.add(new Register(last, 0, fire, sum));
    parts.add(new Register(first, 1, Part.NEVER));
    // The first cycle shows the state after reset.
    parts.add(new Wire(valid, done.or(first)));
    parts.add(new Wire(result, Expression.concat(last.signExtended(62), done, pbit)));
    return new Circuit("bench", "Feeds an element.", List.of(), parts, List.of(valid, result));
  }

  private int start() {
    return SEED >>> (Integer.SIZE - element.generator().bits());
  }

  /// What each neuron must give, in plain Java, after the state after reset.
  long[] expected(int neurons) {
    FeedbackRegister register = element.generator().register();
    long shifts = (long) terms * element.generator().leap();
    long stimulus = STIMULUS;
    int state = 1;
    long[] results = new long[neurons + 1];
    for (int neuron = 0; neuron < neurons; neuron++) {
      long sum = 0;
      for (int term = 0; term <= terms; term++) {
        if (term < terms && (stimulus & 1) != 0) {
          sum += stimulus >> (64 - element.accumulator().weightBits());
        }
        stimulus = Stimulus.next(stimulus);
      }
      state = register.advance(state, shifts);
      results[neuron + 1] = sum << 2 | 2 | (up(register.word(state), sum) ? 1 : 0);
      if (neuron == BEFORE) {
        state = start();
      }
    }
    return results;
  }

  private boolean up(int word, long sum) {
    return switch (element.probability()) {
      case Probability.Comparator(int fraction) ->
          Integer.toUnsignedLong(word) >>> (Integer.SIZE - fraction) < sum;
      case Probability.Table(Threshold curve, int fraction) -> {
        long i = sum >> (fraction - Affine.FRACTION_BITS);
        yield Threshold.up(word, curve.of(Math.clamp(i, Short.MIN_VALUE, Short.MAX_VALUE)));
      }
      case Probability.Listed(List<Long> thresholds) ->
          word >>> 1 < thresholds.get((int) sum & (thresholds.size() - 1));
    };
  }
}
