package org.pdnn.tradeoff;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pdnn.energy.Joules;

/// Samples or bits: accuracy against energy over all that was measured on the same data.
///
/// @param configurations from cheap to dear, of equal cost from good to poor; no setting twice
public record Tradeoff(List<Configuration> configurations) {
  private static final Comparator<Configuration> COST = comparing(Configuration::energy);
  private static final Comparator<Configuration> WORTH =
      comparingDouble(configuration -> configuration.accuracy().value());

  public Tradeoff {
    if (configurations.isEmpty()) {
      throw new IllegalArgumentException("a trade-off needs at least 1 configuration, got 0");
    }
    configurations = configurations.stream().sorted(COST.thenComparing(WORTH.reversed())).toList();
  }

  /// Of a setting that was measured more than once, the last measurement counts.
  public static Tradeoff of(Collection<Configuration> measured) {
    Map<Setting, Configuration> last = new LinkedHashMap<>();
    measured.forEach(configuration -> last.put(configuration.setting(), configuration));
    return new Tradeoff(List.copyOf(last.values()));
  }

  /// Those that no other beats in both, by the estimates of accuracy, from cheap to dear.
  public List<Configuration> front() {
    return ParetoFront.of(configurations, COST, WORTH);
  }

  /// The others.
  public List<Configuration> dominated() {
    List<Configuration> front = front();
    return configurations.stream().filter(one -> !front.contains(one)).toList();
  }

  /// The most accurate that costs less; of equals the cheapest.
  ///
  /// @throws IllegalArgumentException if all cost as much or more
  public Configuration bestUnder(Joules limit) {
    return front().stream()
        .filter(one -> one.energy().compareTo(limit) < 0)
        .max(WORTH.thenComparing(COST.reversed()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no configuration takes less than %s; the cheapest takes %s"
                    .formatted(limit, configurations.getFirst().energy())));
  }

  /// The cheapest that is at least so accurate; of equals the most accurate.
  ///
  /// @param accuracy a share, 0 to 1
  /// @throws IllegalArgumentException if none is
  public Configuration cheapestWithAtLeast(double accuracy) {
    return front().stream()
        .filter(one -> one.accuracy().value() >= accuracy)
        .min(COST.thenComparing(WORTH.reversed()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "no configuration has an accuracy of at least %.2f %%; the best has %.2f %%",
                    100 * accuracy,
                    100 * front().getLast().accuracy().value())));
  }
}
