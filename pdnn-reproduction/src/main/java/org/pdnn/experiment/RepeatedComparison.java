package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// One comparison in several training runs on the same images: how much more accurate the one
/// network is than the other in each run, and in the mean over runs.
///
/// @param runs the same comparison in each, from different seeds
public record RepeatedComparison(List<Comparison> runs) implements Cell<RepeatedComparison.Result> {
  public static final Kind<RepeatedComparison.Result> KIND =
      new Kind<>("repeated-comparison", RepeatedComparison.Result.class);

  public RepeatedComparison {
    runs = List.copyOf(runs);
    for (Comparison run : runs) {
      if (!run.title().equals(runs.getFirst().title())) {
        throw new IllegalArgumentException(
            "all runs must compare the same, got '%s' and '%s'"
                .formatted(runs.getFirst().title(), run.title()));
      }
    }
  }

  /// A difference of two networks over several runs.
  ///
  /// @param paired the mean over runs
  /// @param runs the difference of each
  public record Result(PairedDifference paired, List<Double> runs) {}

  @Override
  public String title() {
    return "%s, %s runs".formatted(runs.getFirst().title(), runs.size());
  }

  @Override
  public Kind<RepeatedComparison.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json = Recipe.of(KIND);
    ArrayNode all = json.putArray("runs");
    runs.forEach(run -> all.add(run.recipe()));
    return json;
  }

  @Override
  public double work() {
    return 0.1 * runs.size();
  }

  @Override
  public List<Cell<?>> needs() {
    return runs.stream().flatMap(run -> run.needs().stream()).toList();
  }

  /// The mean over runs as in [Comparison], where a run's noise seeds count as noise seeds of the
  /// mean; and the differences of the runs.
  @Override
  public RepeatedComparison.Result compute(Context context) throws IOException {
    List<Correctness> ones = new ArrayList<>();
    List<Correctness> others = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    for (Comparison run : runs) {
      Correctness one = run.one().answers(context, run.samples());
      Correctness other = run.other().answers(context, run.otherSamples());
      int seeds = Math.max(one.seeds(), other.seeds());
      ones.add(one.seeds() == seeds ? one : one.repeated(seeds));
      others.add(other.seeds() == seeds ? other : other.repeated(seeds));
      differences.add(one.accuracy().value() - other.accuracy().value());
    }
    return new Result(
        PairedDifference.of(Correctness.joined(ones), Correctness.joined(others)), differences);
  }
}
