package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.random.FeedbackRegister;

/// The generators' first states, one in a cycle after `load`: the seed, then each a stretch of the
/// period further, by a jump of constant exclusive-ors. A seed of 0, which a generator never
/// leaves, counts as 1.
///
/// @param register of each element
/// @param elements P
/// @param coins shifts from an element's first state to that of its second generator, if it has one
public record Seeder(FeedbackRegister register, int elements, OptionalLong coins) {
  /// The circuit.
  public Circuit circuit() {
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
      next =
          wiring.wire(
              "jumped",
              jumped(wiring, state, "jumped_", GeneratorWords.stretch(register, elements)));
    }
    wiring.add(new Register(state, 1, load.or(seeding), load.choose(started, next)));
    List<Signal> outputs = new ArrayList<>(List.of(seeding, state));
    coins.ifPresent(shifts -> {
      wiring.note("The generator of coins: %s shifts after it.".formatted(shifts));
      outputs.add(wiring.wire("coins_state", jumped(wiring, state, "coins_", shifts)));
    });
    return new Circuit(
        "seeder",
        "First states of the generators, each a stretch of the period after the one before.",
        List.of(load, seed),
        wiring.parts(),
        outputs);
  }

  /// So many shifts further: each bit an exclusive-or of those whose images hold it.
  private Expression jumped(Wiring wiring, Signal state, String names, long shifts) {
    int width = register.width();
    FeedbackRegister.Jump jump = register.jump(shifts);
    List<Expression> bits = new ArrayList<>();
    for (int later = width - 1; later >= 0; later--) {
      Expression sum = Expression.constant(0, 1);
      boolean first = true;
      for (int bit = 0; bit < width; bit++) {
        if ((jump.from(1 << bit) >>> later & 1) != 0) {
          sum = first ? state.bit(bit) : sum.xor(state.bit(bit));
          first = false;
        }
      }
      bits.add(wiring.wire(names + later, sum));
    }
    return new Expression.Concat(bits);
  }
}
