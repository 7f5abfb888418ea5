package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.element.GeneratorWords;
import org.pdnn.random.FeedbackRegister;

/// The generators' first states, one in a cycle after `load`: the seed, then each a stretch of the
/// period further, by a jump of constant exclusive-ors. A seed of 0, which a generator never
/// leaves, counts as 1.
///
/// @param register of each element
/// @param elements P
record Seeder(FeedbackRegister register, int elements) {
  Circuit circuit() {
    int width = register.width();
    Signal load = new Signal("load", 1);
    Signal seed = new Signal("seed", width);
    Signal state = new Signal("state", width);
    Signal left = new Signal("left", Integer.SIZE - Integer.numberOfLeadingZeros(elements));
    Signal seeding = new Signal("seeding", 1);
    Wiring wiring = new Wiring();
    wiring.add(new Wire(seeding, Wiring.is(left, 0).not()));
    Expression fewer = left.minus(Expression.constant(1, left.width()));
    wiring.add(
        new Register(
            left,
            0,
            load.or(seeding),
            load.choose(Expression.constant(elements, left.width()), fewer)));
    Expression started = Wiring.is(seed, 0).choose(Expression.constant(1, width), seed);
    Expression next = state;
    if (elements > 1) {
      wiring.note("A jump by %s shifts.".formatted(GeneratorWords.stretch(register, elements)));
      next = wiring.wire("jumped", jumped(wiring, state));
    }
    wiring.add(new Register(state, 1, load.or(seeding), load.choose(started, next)));
    return new Circuit(
        "seeder",
        "First states of the generators, each a stretch of the period after the one before.",
        List.of(load, seed),
        wiring.parts(),
        List.of(seeding, state));
  }

  /// A stretch further: each bit an exclusive-or of those whose images hold it.
  private Expression jumped(Wiring wiring, Signal state) {
    int width = register.width();
    long stretch = GeneratorWords.stretch(register, elements);
    List<Expression> bits = new ArrayList<>();
    for (int later = width - 1; later >= 0; later--) {
      Expression sum = Expression.constant(0, 1);
      boolean first = true;
      for (int bit = 0; bit < width; bit++) {
        if ((register.advance(1 << bit, stretch) >>> later & 1) != 0) {
          sum = first ? state.bit(bit) : sum.xor(state.bit(bit));
          first = false;
        }
      }
      bits.add(wiring.wire("jumped_" + later, sum));
    }
    return new Expression.Concat(bits);
  }
}
