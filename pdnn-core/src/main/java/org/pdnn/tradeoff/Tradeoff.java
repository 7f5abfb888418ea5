package org.pdnn.tradeoff;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /// The most accurate that costs less; of equals the cheapest. Absent if all cost as much or more.
  public Optional<Configuration> bestUnder(Joules limit) {
    return front().stream()
        .filter(one -> one.energy().compareTo(limit) < 0)
        .max(WORTH.thenComparing(COST.reversed()));
  }

  /// The cheapest that is at least so accurate; of equals the most accurate. Absent if none is.
  ///
  /// @param accuracy a share, 0 to 1
  public Optional<Configuration> cheapestWithAtLeast(double accuracy) {
    return front().stream()
        .filter(one -> one.accuracy().value() >= accuracy)
        .min(COST.thenComparing(WORTH.reversed()));
  }
}
