package org.pdnn.ising;

import java.util.OptionalDouble;

/// What is to be solved, as an Ising model of which the states of least energy are the solutions.
public interface Problem {
  /// The model.
  IsingModel model();

  /// What a state is worth: `cut`, `energy`, `unsatisfied clauses`.
  String measure();

  /// Whether the greatest value is the best; otherwise the least.
  boolean greatest();

  /// The best value that any state has, if the problem is made so that it is known.
  default OptionalDouble best() {
    return OptionalDouble.empty();
  }

  /// The value of a state, computed from the problem as it was given.
  double value(Spins spins);

  /// A state in the problem's own terms: `0110`, `3 x 5`.
  String solution(Spins spins);

  /// Whether a value is at least as good as another.
  default boolean reaches(double value, double target) {
    return greatest() ? value >= target : value <= target;
  }
}
