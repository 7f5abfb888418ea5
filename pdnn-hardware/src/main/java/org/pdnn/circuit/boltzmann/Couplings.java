package org.pdnn.circuit.boltzmann;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.Steps;

/// What an element reads for its spins, term by term: where the other spin stands, and the weight.
///
/// @param sources the spins that it reads, and [#ALWAYS], which the bias has
/// @param terms group by group
record Couplings(List<Integer> sources, List<Term> terms) {
  /// In place of a spin: a bit that is always up.
  static final int ALWAYS = -1;

  /// @param source as a place among the sources
  record Term(int source, int weight) {}

  Couplings {
    sources = List.copyOf(sources);
    terms = List.copyOf(terms);
  }

  /// Those of an element.
  ///
  /// @param groups spins that are updated at once, by element
  /// @param count terms of each group
  static Couplings of(
      IsingModel model, Steps steps, List<List<Integer>> groups, int count, int element) {
    TreeSet<Integer> read = new TreeSet<>(List.of(ALWAYS));
    for (List<Integer> group : groups) {
      for (int k = 0; element < group.size() && k < model.degree(group.get(element)); k++) {
        read.add(model.neighbour(group.get(element), k));
      }
    }
    List<Integer> sources = List.copyOf(read);
    List<Term> terms = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      if (element < groups.get(group).size()) {
        add(model, steps, groups.get(group).get(element), sources, terms);
      }
      while (terms.size() < (group + 1) * count) {
        terms.add(new Term(0, 0));
      }
    }
    return new Couplings(sources, terms);
  }

  /// I = (h - sum of J) + sum of 2J b.
  private static void add(
      IsingModel model, Steps steps, int spin, List<Integer> sources, List<Term> terms) {
    int bias = steps.of(model.field(spin));
    for (int k = 0; k < model.degree(spin); k++) {
      int coupling = steps.of(model.coupling(spin, k));
      bias -= coupling;
      terms.add(new Term(sources.indexOf(model.neighbour(spin, k)), 2 * coupling));
    }
    terms.add(new Term(sources.indexOf(ALWAYS), bias));
  }

  /// Bits that hold the weights of either sign.
  int weightBits() {
    int most = terms.stream().mapToInt(term -> Math.abs(term.weight)).max().orElse(0);
    return Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(most) + 1);
  }
}
