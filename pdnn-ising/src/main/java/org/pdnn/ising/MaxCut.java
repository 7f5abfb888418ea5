package org.pdnn.ising;

/// A graph to be cut in two so that the weights of the edges between both sides add up to the most.
///
/// An edge of weight w is a coupling J = -w: spins of different sign cut it.
///
/// @param model with the coupling -w for each edge
public record MaxCut(IsingModel model) implements Problem {
  @Override
  public String measure() {
    return "cut";
  }

  @Override
  public boolean greatest() {
    return true;
  }

  @Override
  public double value(Spins spins) {
    double cut = 0;
    for (int spin = 0; spin < model.size(); spin++) {
      for (int k = 0; k < model.degree(spin); k++) {
        int other = model.neighbour(spin, k);
        if (other > spin && spins.up(spin) != spins.up(other)) {
          cut -= model.coupling(spin, k);
        }
      }
    }
    return cut;
  }

  /// The side of each vertex, 0 or 1.
  @Override
  public String solution(Spins spins) {
    return Bits.of(spins);
  }
}
