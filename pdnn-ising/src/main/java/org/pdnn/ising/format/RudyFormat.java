package org.pdnn.ising.format;

import java.util.Arrays;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.MaxCut;

/// Graphs as rudy writes them, and the Gset and BiqMac collections have them: `n m`, then m lines
/// `i j w` with vertices from 1; without w the weight is 1.
final class RudyFormat {
  private RudyFormat() {}

  /// Reads a graph whose first line is the next one.
  static MaxCut read(Lines lines) {
    int vertices = lines.integer("the number of vertices", 1, IsingModel.MOST_SPINS);
    int edges = lines.integer("the number of edges", 0, IsingModel.MOST_COUPLINGS);
    lines.requireEnd();
    IsingModel.Builder model = IsingModel.of(vertices);
    // A header may promise more than the file has.
    int[] lower = new int[Math.min(edges, 1 << 16)];
    int[] upper = lower.clone();
    int[] at = lower.clone();
    for (int edge = 0; edge < edges; edge++) {
      if (!lines.next()) {
        throw lines.fault(
            "edges promised: %s, found: %s; the file was cut off".formatted(edges, edge));
      }
      if (edge == lower.length) {
        int longer = (int) Math.min(edges, 2L * edge);
        lower = Arrays.copyOf(lower, longer);
        upper = Arrays.copyOf(upper, longer);
        at = Arrays.copyOf(at, longer);
      }
      int one = lines.integer("a vertex", 1, vertices) - 1;
      int other = lines.integer("a vertex", 1, vertices) - 1;
      if (one == other) {
        throw lines.fault(
            "vertex %s has an edge to itself; remove it, or end the file's name in .sparse if this is a matrix of bits"
                .formatted(one + 1));
      }
      model.couple(one, other, lines.hasWord() ? -lines.real("a weight") : -1);
      lines.requireEnd();
      lower[edge] = Math.min(one, other);
      upper[edge] = Math.max(one, other);
      at[edge] = lines.number();
    }
    if (lines.next()) {
      throw lines.fault(
          "the file has more than its %s edges; correct its first line".formatted(edges));
    }
    IsingModel built = model.build();
    if (built.couplings() < edges) {
      throw duplicate(built, lower, upper, at);
    }
    return new MaxCut(built);
  }

  /// The first edge that was there before: of each pair the model has one coupling, which the first
  /// edge takes.
  private static IllegalArgumentException duplicate(
      IsingModel model, int[] lower, int[] upper, int[] at) {
    int[] starts = new int[model.size() + 1];
    for (int spin = 0; spin < model.size(); spin++) {
      starts[spin + 1] = starts[spin] + model.degree(spin);
    }
    int[] seen = new int[starts[model.size()]];
    for (int edge = 0; edge < at.length; edge++) {
      int k = 0;
      while (model.neighbour(lower[edge], k) != upper[edge]) {
        k++;
      }
      int slot = starts[lower[edge]] + k;
      if (seen[slot] != 0) {
        return Lines.fault(
            at[edge],
            "edge %s %s is also in line %s; keep one of them"
                .formatted(lower[edge] + 1, upper[edge] + 1, seen[slot]));
      }
      seen[slot] = at[edge];
    }
    throw new IllegalStateException("fewer couplings than edges, and none is there twice");
  }
}
