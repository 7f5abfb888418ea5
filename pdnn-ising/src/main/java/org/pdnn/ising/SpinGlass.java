package org.pdnn.ising;

/// A model for its own sake: its value is its energy, and a constant.
///
/// @param offset the value where the model's energy is 0
public record SpinGlass(IsingModel model, double offset) implements Problem {
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
