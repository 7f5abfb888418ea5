package org.pdnn.ising;

/// A quadratic form in bits, to be minimised or maximised.
///
/// @param model of the form, negated where it is to be maximised
/// @param offset the form's value where the model's energy is 0
/// @param greatest whether the form is to be maximised
public record Qubo(IsingModel model, double offset, boolean greatest) implements Problem {
  /// The form to be minimised.
  public static Qubo least(QuadraticForm form) {
    return new Qubo(form.model(), form.offset(), false);
  }

  @Override
  public String measure() {
    return "value";
  }

  @Override
  public double value(Spins spins) {
    double energy = model.energy(spins);
    return offset + (greatest ? -energy : energy);
  }

  /// The bits.
  @Override
  public String solution(Spins spins) {
    return Bits.of(spins);
  }
}
