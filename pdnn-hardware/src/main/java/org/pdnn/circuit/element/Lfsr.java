package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.names.Counted;
import org.pdnn.names.Limits;
import org.pdnn.random.FeedbackRegister;

/// A generator of random words: a [FeedbackRegister] as a circuit.
///
/// Inputs `load` and `seed` start it, which must not be 0, and `shift` moves it; the output `state`
/// is its word.
///
/// @param bits 8, 16 or 32
/// @param leap shifts in one cycle, 1 to `bits`
public record Lfsr(int bits, int leap) {
  public Lfsr {
    Limits.between("shifts in one cycle", 1, new FeedbackRegister(bits).width(), leap);
  }

  /// What it does, as a function.
  public FeedbackRegister register() {
    return new FeedbackRegister(bits);
  }

  /// The circuit.
  public Circuit circuit() {
    Signal load = new Signal("load", 1);
    Signal seed = new Signal("seed", bits);
    Signal shift = new Signal("shift", 1);
    Signal state = new Signal("state", bits);
    Expression taps = Expression.constant(register().taps(), bits);
    List<Part> parts = new ArrayList<>();
    Signal shifted = state;
    for (int i = 1; i <= leap; i++) {
      Signal before = shifted;
      shifted = new Signal(leap == 1 ? "shifted" : "shifted_by_" + i, bits);
      Expression fed = before.bit(0).choose(taps, Expression.constant(0, bits));
      parts.add(new Wire(shifted, before.shiftedRight(1).xor(fed)));
    }
    parts.add(new Register(state, 1, load.or(shift), load.choose(seed, shifted)));
    return new Circuit(
        "lfsr" + bits + (leap == 1 ? "" : "_by_" + leap),
        "Galois LFSR of %s bits and the longest period, %s in a cycle."
            .formatted(bits, Counted.of(leap, "shift")),
        List.of(load, seed, shift),
        parts,
        List.of(state));
  }
}
