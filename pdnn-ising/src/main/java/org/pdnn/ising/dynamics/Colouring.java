package org.pdnn.ising.dynamics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.color.SaturationDegreeColoring;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.builder.GraphTypeBuilder;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Triples;

/// Colours of spins, numbered from 0: those that are coupled differ.
final class Colouring {
  /// Couplings above which the colouring with fewer colours takes seconds and gigabytes.
  private static final int MOST_FOR_DSATUR = 100_000;

  private Colouring() {}

  /// Few colours, two for a lattice: DSatur (by JGraphT); of a model of more than 100,000 couplings
  /// by [#firstFit].
  static int[] of(IsingModel model) {
    return model.couplings() + 3L * model.triples().count() > MOST_FOR_DSATUR
        ? firstFit(model)
        : dsatur(model);
  }

  private static int[] dsatur(IsingModel model) {
    Graph<Integer, DefaultEdge> graph =
        GraphTypeBuilder.<Integer, DefaultEdge>undirected()
            .edgeClass(DefaultEdge.class)
            .buildGraph();
    for (int spin = 0; spin < model.size(); spin++) {
      graph.addVertex(spin);
    }
    for (int spin = 0; spin < model.size(); spin++) {
      int from = spin;
      neighbours(model, spin)
          .forEach(other -> {
            if (other > from) {
              graph.addEdge(from, other);
            }
          });
    }
    int[] colours = new int[model.size()];
    new SaturationDegreeColoring<>(graph)
        .getColoring()
        .getColors()
        .forEach((spin, colour) -> colours[spin] = colour);
    return colours;
  }

  /// The spins of most neighbours first, each with the first colour that no neighbour has (D. J. A.
  /// Welsh, M. B. Powell, The Computer Journal 10, 1967).
  static int[] firstFit(IsingModel model) {
    int[] colours = new int[model.size()];
    Arrays.fill(colours, -1);
    // By colour: the last spin of which a neighbour has it.
    int[] taken = new int[model.size() + 1];
    Arrays.fill(taken, -1);
    long[] byDegree = new long[model.size()];
    Arrays.setAll(byDegree, spin -> -neighbours(model, spin).count() << Integer.SIZE | spin);
    Arrays.sort(byDegree);
    for (long each : byDegree) {
      int spin = (int) each;
      neighbours(model, spin)
          .forEach(other -> {
            if (colours[other] >= 0) {
              taken[colours[other]] = spin;
            }
          });
      int colour = 0;
      while (taken[colour] == spin) {
        colour++;
      }
      colours[spin] = colour;
    }
    return colours;
  }

  /// The spins that share a coupling with a spin, some more than once.
  private static IntStream neighbours(IsingModel model, int spin) {
    Triples triples = model.triples();
    return IntStream.concat(
        IntStream.range(0, model.degree(spin)).map(k -> model.neighbour(spin, k)),
        IntStream.range(triples.start(spin), triples.start(spin + 1))
            .flatMap(k -> IntStream.of(triples.second(k), triples.third(k))));
  }
}
