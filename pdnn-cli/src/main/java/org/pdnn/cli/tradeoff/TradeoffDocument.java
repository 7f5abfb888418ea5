package org.pdnn.cli.tradeoff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Estimate;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Fact;
import org.pdnn.report.Interval;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;
import org.pdnn.report.Sentence;
import org.pdnn.report.Table;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Tradeoff;

/// A trade-off in words and numbers: the front first, then what it dominates.
///
/// @param seeds the fewest noise seeds that any accuracy is the mean over
/// @param names short names of models
public record TradeoffDocument(Tradeoff tradeoff, int seeds, ModelNames names) {
  public Table table() {
    List<Configuration> front = tradeoff.front();
    return new Rows<>(ordered())
        .add(
            Column.shown("front"),
            one -> front.contains(one) ? Optional.of(front.indexOf(one) + 1) : Optional.empty())
        .add(Column.kept("front"), front::contains)
        .add(Column.kept("overlapsNext"), this::overlapsNext)
        .add(Column.of("totalNanojoules", "energy").in("nJ").as("%.2f"), one -> nanojoules(one))
        .add(Column.percent("accuracy", "accuracy"), Configuration::accuracy)
        .add(
            Column.shown(Estimate.boundsName(seeds)).times(100).as("%.2f"),
            one -> new Interval(one.accuracy().low(), one.accuracy().high()))
        .add("samples", "T", one -> one.setting().samples())
        .add("scheme", "scheme", one -> Scheme.nameOf(one.setting().scheme()))
        .add("neuron", "neuron", one -> one.setting().neuron())
        .add(Column.kept("activationBits"), one -> one.setting().neuron().bits())
        .add("weights", "weights", one -> one.setting().weights())
        .add("last", "last", one -> one.setting().last())
        .add(Column.kept("outputs"), one -> one.setting().outputs())
        .add(Column.kept("model"), one -> names.file(one.setting()))
        .add(Column.shown("model"), one -> names.model(one.setting()))
        .table("configurations", "All numbers");
  }

  /// Whether noise may have put a point of the front before the next one.
  private Optional<Boolean> overlapsNext(Configuration one) {
    List<Configuration> front = tradeoff.front();
    int place = front.indexOf(one);
    return place < 0
        ? Optional.empty()
        : Optional.of(place + 1 < front.size() && one.overlaps(front.get(place + 1)));
  }

  /// The front first.
  private List<Configuration> ordered() {
    return Stream.concat(tradeoff.front().stream(), tradeoff.dominated().stream()).toList();
  }

  private static double nanojoules(Configuration one) {
    return one.energy().nanojoules();
  }

  /// Which neighbours on the front noise may have put in order.
  String overlaps() {
    String bounds = seeds < Estimate.FEWEST_REPETITIONS ? "ranges" : "intervals";
    List<Configuration> front = tradeoff.front();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      if (overlapsNext(front.get(i)).orElse(false)) {
        pairs.add("%s and %s".formatted(i + 1, i + 2));
      }
    }
    return pairs.isEmpty()
        ? "No %s of neighbours on the front overlap.".formatted(bounds)
        : "The %s of these neighbours on the front overlap: %s."
            .formatted(bounds, String.join(", ", pairs));
  }

  /// The most accurate that costs less, and for scripts under `bestUnder`.
  public List<Section> under(Joules limit) {
    Optional<Configuration> best = tradeoff.bestUnder(limit);
    Configuration cheapest = tradeoff.front().getFirst();
    return answer("Under %s".formatted(limit), "bestUnder", best, "the cheapest", cheapest);
  }

  /// The cheapest that is at least so accurate, and for scripts under `cheapestWithAtLeast`.
  List<Section> atLeast(double accuracy) {
    Optional<Configuration> cheapest = tradeoff.cheapestWithAtLeast(accuracy);
    return answer(
        String.format(Locale.ROOT, "At least %.4g %%", 100 * accuracy),
        "cheapestWithAtLeast",
        cheapest,
        "the most accurate",
        tradeoff.front().getLast());
  }

  private List<Section> answer(
      String limit, String key, Optional<Configuration> found, String end, Configuration nearest) {
    Sentence sentence =
        new Sentence(
            "%s: %s."
                .formatted(
                    limit,
                    found
                        .map(names::reach)
                        .orElseGet(
                            () -> "nothing; of all %s, ".formatted(end) + names.reach(nearest))));
    return found
        .<List<Section>>map(one -> List.of(sentence, new Fact(key, names.facts(one))))
        .orElseGet(() -> List.of(sentence));
  }
}
