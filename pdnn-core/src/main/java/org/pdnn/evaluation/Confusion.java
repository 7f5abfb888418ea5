package org.pdnn.evaluation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which class inputs of each class were taken for, counted over inputs and noise seeds.
public final class Confusion {
  /// By class and by the class that was chosen; pairs that did not occur are absent.
  private final Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();

  private final int seeds;

  /// Counts answers.
  ///
  /// @param inputs with their true classes
  /// @param chosen the classes that a network chose, by noise seed and input
  public Confusion(LabelledInputs inputs, int[][] chosen) {
    this.seeds = chosen.length;
    for (int[] classes : chosen) {
      for (int input = 0; input < classes.length; input++) {
        counts
            .computeIfAbsent(inputs.label(input), _ -> new TreeMap<>())
            .merge(classes[input], 1, Integer::sum);
      }
    }
  }

  /// The classes that inputs are of.
  Set<Integer> classes() {
    return counts.keySet();
  }

  /// How many noise seeds were counted: each input counts so many times.
  public int seeds() {
    return seeds;
  }

  /// Answers to inputs of a class, all noise seeds together.
  public int answers(int label) {
    return of(label).values().stream().mapToInt(Integer::intValue).sum();
  }

  /// The share of the inputs that are of the most frequent class.
  public double mostFrequent() {
    int most = counts.keySet().stream().mapToInt(this::answers).max().orElse(0);
    return (double) most / counts.keySet().stream().mapToInt(this::answers).sum();
  }

  /// How often inputs of one class were taken for another, or for their own.
  public int count(int label, int chosen) {
    return of(label).getOrDefault(chosen, 0);
  }

  /// The class that inputs of this one are most often mistaken for; itself if they never are.
  public int mistakenFor(int label) {
    return of(label).entrySet().stream()
        .filter(entry -> entry.getKey() != label)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(label);
  }

  private Map<Integer, Integer> of(int label) {
    return counts.getOrDefault(label, Map.of());
  }
}
