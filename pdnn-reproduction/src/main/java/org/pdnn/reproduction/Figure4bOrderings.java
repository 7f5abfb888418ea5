package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the paper says of figure 4b, in terms of one measure, of which less is better.
///
/// @param measure its name in statements
/// @param factor from the measure to the unit of differences
record Figure4bOrderings(String measure, double factor, String unit) {
  private static final String PLACE = "fig. 4b";

  /// The orderings of what was measured; none without decoders by training.
  List<Ordering> of(List<Decoded> curves) {
    List<Decoded> trained = curves.stream().filter(curve -> curve.byTraining()).toList();
    if (trained.isEmpty()) {
      return List.of();
    }
    List<Optional<Ordering>> orderings = new ArrayList<>();
    trained.forEach(curve -> orderings.addAll(fallsWithSamples(curve)));
    Decoded fewest = trained.getFirst();
    Decoded most = trained.getLast();
    int last = most.samples().getLast();
    orderings.add(
        smaller(
            "%s at T = 1: %s below %s".formatted(measure, fewest.run().name(), most.run().name()),
            fewest.at(1),
            most.at(1)));
    orderings.add(
        smaller(
            "%s at T = %s: %s below %s"
                .formatted(measure, last, most.run().name(), fewest.run().name()),
            most.at(last),
            fewest.at(last)));
    for (Decoded curve : curves) {
      if (curve.run().neuron().equals("tanh:1bit")) {
        orderings.add(
            smaller(
                "%s: %s at T = %s below 1 bit".formatted(measure, most.run().name(), last),
                most.at(last),
                curve.at(1)));
      }
      if (curve.run().byLayer()) {
        orderings.add(
            smaller(
                "%s at T = %s: %s averaged at the end below averaged layer by layer"
                    .formatted(measure, last, most.run().name()),
                most.at(last),
                curve.at(last)));
      }
    }
    return orderings.stream().flatMap(Optional::stream).toList();
  }

  private List<Optional<Ordering>> fallsWithSamples(Decoded curve) {
    List<Optional<Ordering>> orderings = new ArrayList<>();
    List<Integer> samples = curve.samples();
    for (int i = 1; i < samples.size(); i++) {
      int more = samples.get(i);
      int fewer = samples.get(i - 1);
      orderings.add(
          smaller(
              "%s of %s: T = %s below T = %s".formatted(measure, curve.run().name(), more, fewer),
              curve.at(more),
              curve.at(fewer)));
    }
    return orderings;
  }

  private Optional<Ordering> smaller(String statement, double[] near, double[] far) {
    return Ordering.below(PLACE, statement, near, far, factor, unit);
  }
}
