package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.reproduction.Generated.Run;

/// What the paper says of figure 4b, in terms of one measure, of which less is better.
///
/// @param measure its name in statements
/// @param unit of differences
record Figure4bOrderings(String measure, String unit) {
  private static final String PLACE = "fig. 4b";

  /// The orderings of what was measured; none without decoders by training.
  List<Ordering> of(List<Run> runs) {
    List<Run> trained = runs.stream().filter(Run::byTraining).toList();
    if (trained.isEmpty()) {
      return List.of();
    }
    List<Optional<Ordering>> orderings = new ArrayList<>();
    trained.forEach(run -> orderings.addAll(fallsWithSamples(run)));
    Run fewest = trained.getFirst();
    Run most = trained.getLast();
    int last = most.samples().getLast();
    orderings.add(
        smaller(
            "%s at T = 1: %s below %s".formatted(measure, fewest.name(), most.name()),
            fewest.at(1),
            most.at(1)));
    orderings.add(
        smaller(
            "%s at T = %s: %s below %s".formatted(measure, last, most.name(), fewest.name()),
            most.at(last),
            fewest.at(last)));
    for (Run run : runs) {
      if (run.hidden().equals("tanh:1bit")) {
        orderings.add(
            smaller(
                "%s: %s at T = %s below 1 bit".formatted(measure, most.name(), last),
                most.at(last),
                run.at(1)));
      }
      if (run.byLayer()) {
        orderings.add(
            smaller(
                "%s at T = %s: %s averaged at the end below averaged by layers"
                    .formatted(measure, last, most.name()),
                most.at(last),
                run.at(last)));
      }
    }
    return orderings.stream().flatMap(Optional::stream).toList();
  }

  private List<Optional<Ordering>> fallsWithSamples(Run run) {
    List<Optional<Ordering>> orderings = new ArrayList<>();
    List<Integer> samples = run.samples();
    for (int i = 1; i < samples.size(); i++) {
      int more = samples.get(i);
      int fewer = samples.get(i - 1);
      orderings.add(
          smaller(
              "%s of %s: T = %s below T = %s".formatted(measure, run.name(), more, fewer),
              run.at(more),
              run.at(fewer)));
    }
    return orderings;
  }

  private Optional<Ordering> smaller(String statement, double[] near, double[] far) {
    return Generated.smaller(PLACE, statement, near, far, unit);
  }
}
