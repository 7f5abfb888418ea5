package org.pdnn.ising.dynamics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.color.SaturationDegreeColoring;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.builder.GraphTypeBuilder;
import org.pdnn.ising.IsingModel;

/// In which order a sweep updates the p-bits. They stand in blocks whose spins are not coupled: a
/// block may be updated at once, by as many p-bits as there are, and gives the same states as one
/// after the other.
public final class UpdateOrder {
  private final int[] spins;

  /// Where each block begins, and at last where they end.
  private final int[] starts;

  private UpdateOrder(int[] spins, int[] starts) {
    this.spins = spins;
    this.starts = starts;
  }

  /// Spin after spin, each a block of its own.
  public static UpdateOrder sequential(IsingModel model) {
    return new UpdateOrder(
        IntStream.range(0, model.size()).toArray(),
        IntStream.rangeClosed(0, model.size()).toArray());
  }

  /// Colour after colour, as DSatur colours the graph of the couplings: few colours, two for a
  /// lattice. The greatest colour comes first; within it spins ascend.
  public static UpdateOrder coloured(IsingModel model) {
    Graph<Integer, DefaultEdge> graph =
        GraphTypeBuilder.<Integer, DefaultEdge>undirected()
            .edgeClass(DefaultEdge.class)
            .buildGraph();
    for (int spin = 0; spin < model.size(); spin++) {
      graph.addVertex(spin);
    }
    for (int spin = 0; spin < model.size(); spin++) {
      for (int k = 0; k < model.degree(spin); k++) {
        if (model.neighbour(spin, k) > spin) {
          graph.addEdge(spin, model.neighbour(spin, k));
        }
      }
      for (int k = model.triples().start(spin); k < model.triples().start(spin + 1); k++) {
        graph.addEdge(spin, model.triples().second(k));
        graph.addEdge(spin, model.triples().third(k));
      }
    }
    List<Set<Integer>> classes =
        new ArrayList<>(new SaturationDegreeColoring<>(graph).getColoring().getColorClasses());
    classes.sort(Comparator.<Set<Integer>>comparingInt(Set::size).reversed());
    int[] starts = new int[classes.size() + 1];
    for (int block = 0; block < classes.size(); block++) {
      starts[block + 1] = starts[block] + classes.get(block).size();
    }
    return new UpdateOrder(
        classes.stream()
            .flatMapToInt(each -> each.stream().mapToInt(Integer::intValue).sorted())
            .toArray(),
        starts);
  }

  /// Number of blocks: of colours, or of spins.
  public int blocks() {
    return starts.length - 1;
  }

  /// The position at which a block begins.
  ///
  /// @param block 0 to [#blocks], which gives where the last one ends
  public int start(int block) {
    return starts[block];
  }

  /// Number of spins.
  public int size() {
    return spins.length;
  }

  /// The spin that is updated at a position.
  public int spin(int position) {
    return spins[position];
  }
}
