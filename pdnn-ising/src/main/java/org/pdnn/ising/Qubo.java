package org.pdnn.ising;

import java.util.OptionalDouble;

/// A quadratic form in bits, to be minimised.
///
/// @param offset the form's value where the model's energy is 0
/// @param best its least value, if it is known
public record Qubo(IsingModel model, double offset, OptionalDouble best) implements Problem {
  /// A form of which the least value is not known.
  public static Qubo of(QuadraticForm form) {
    return new Qubo(form.model(), form.offset(), OptionalDouble.empty());
  }

  /// A sum of penalties that can all vanish.
  public static Qubo ofPenalties(QuadraticForm form) {
    return new Qubo(form.model(), form.offset(), OptionalDouble.of(0));
  }

  @Override
  public String measure() {
    return "value";
  }

  @Override
  public boolean greatest() {
    return false;
  }

  @Override
  public double value(Spins spins) {
    return model.energy(spins) + offset;
  }

  /// The bits.
  @Override
  public String solution(Spins spins) {
    return Bits.of(spins);
  }
}
