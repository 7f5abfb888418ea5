package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.integer.InputGrid;

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
    List<Step> steps = new ArrayList<>();
    WeightLayer first = hidden.getFirst().weights();
    steps.add(
        new Step(
            first.name(),
            Kind.THRESHOLDS,
            first.terms(),
            first.units(),
            InputGrid.BITS,
            Math.max(first.terms(), elements),
            elements));
    steps.add(new Step(first.name(), Kind.DRAW, 0, first.units(), 1, least, elements));
    for (PBitLayer layer : hidden.subList(1, hidden.size())) {
      steps.add(step(layer.weights(), Kind.HIDDEN, least, elements));
    }
    steps.add(step(last, Kind.LAST, elements, elements));
    return new Schedule(steps);
  }

  private static Step step(WeightLayer layer, Kind kind, int least, int elements) {
    int slots = Math.max(layer.terms(), least);
    return new Step(layer.name(), kind, layer.terms(), layer.units(), 1, slots, elements);
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
