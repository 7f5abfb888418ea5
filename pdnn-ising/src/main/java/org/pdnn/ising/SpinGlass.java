package org.pdnn.ising;

import java.util.OptionalDouble;

/// A model for its own sake: its value is its energy, and a constant.
///
/// @param offset the value where the model's energy is 0
/// @param best its least value, if it is known
public record SpinGlass(IsingModel model, double offset, OptionalDouble best) implements Problem {
  /// A model whose ground state is not known.
  public SpinGlass(IsingModel model, double offset) {
    this(model, offset, OptionalDouble.empty());
  }

  @Override
  public String measure() {
    return "energy";
  }

  @Override
  public boolean greatest() {
    return false;
  }

  @Override
  public double value(Spins spins) {
    return model.energy(spins) + offset;
  }

  /// One `+` or `-` for each spin.
  @Override
  public String solution(Spins spins) {
    return spins.toString();
  }
}
