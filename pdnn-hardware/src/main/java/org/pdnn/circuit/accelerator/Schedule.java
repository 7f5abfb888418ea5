package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Step.Kind;

/// What an accelerator does when: the first step once for an input, the others in each pass. No
/// cycle depends on data.
///
/// @param steps in order
public record Schedule(List<Step> steps) {
  public Schedule {
    steps = List.copyOf(steps);
  }

  /// @param spread shifts of a generator between words
  static Schedule of(List<PBitLayer> hidden, WeightLayer last, int elements, int spread) {
    int least = Math.max(spread, elements);
    int flush = elements + 1 + NeuronUnit.latency(hidden) + lookup(hidden, last);
    List<Step> steps = new ArrayList<>();
    for (PBitLayer layer : hidden) {
      boolean first = steps.isEmpty();
      int terms = layer.weights().terms();
      int planes = first ? Wiring.bits(layer.weights().most()) : 1;
      int fewest = first ? elements - (planes - 1) * (terms + 1) : least;
      steps.add(
          new Step(
              layer.weights().name(),
              first ? Kind.THRESHOLDS : Kind.HIDDEN,
              layer.scan(),
              layer.weights().outputs(),
              planes,
              Math.max(terms, fewest),
              elements,
              flush));
      if (first) {
        int units = steps.getFirst().units();
        steps.add(
            new Step(
                layer.weights().name(), Kind.DRAW, Scan.NONE, units, 1, least, elements, flush));
      }
    }
    steps.add(
        new Step(
            last.name(),
            Kind.LAST,
            last.scan(Optional.empty()),
            last.outputs(),
            1,
            Math.max(last.terms(), elements),
            elements,
            flush));
    return new Schedule(steps);
  }

  /// Cycles in which an element finds out what it reads, where it knows that alone.
  private static int lookup(List<PBitLayer> hidden, WeightLayer last) {
    Stream<WeightLayer> layers =
        Stream.concat(hidden.stream().map(PBitLayer::weights), Stream.of(last));
    return layers.anyMatch(layer -> layer.mask().isPresent()) ? 1 : 0;
  }

  /// The layer of p-bits of a step, by index; the first for the last step, which has none.
  int layer(Step step) {
    return step.kind() == Kind.HIDDEN ? steps.indexOf(step) - 1 : 0;
  }

  /// Whether places are members of pools.
  boolean pooled() {
    return steps.stream().anyMatch(step -> step.scan().members() > 1);
  }

  /// Whether a term may lie outside its image.
  boolean padded() {
    return steps.stream().anyMatch(step -> step.scan().padded());
  }

  /// Cycles before the first pass.
  public long cyclesBefore() {
    return steps.getFirst().cycles();
  }

  /// Cycles of a pass.
  public long cyclesOfPass() {
    return steps.stream().skip(1).mapToLong(Step::cycles).sum();
  }

  /// Cycles of an input: those in which the accelerator is busy.
  ///
  /// @param passes T
  public long cycles(int passes) {
    return cyclesBefore() + passes * cyclesOfPass();
  }
}
