package org.pdnn.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Classes that a network and its data number differently, such as two whose names or folders are
/// in another order than in training.
///
/// They are found if two things hold. Each of them is taken for another of them, and no two for the
/// same: the low end of the 95 % interval of the share of its inputs that are is above one half.
/// And the network is good once they are put right: the low end of the interval of its accuracy has
/// then made two thirds of the way from the share of the most frequent class to no error. A weak
/// network that mixes classes up fails the second: of 6,000 untrained ones on digits of 2, 3 or 10
/// classes 126 fulfil the first and none both. Intervals are Wilson's, for other inputs.
///
/// @param named the class that each of these classes is taken for
/// @param accuracy share of inputs classified correctly
/// @param mended the same with these classes put right
public record ExchangedClasses(SortedMap<Integer, Integer> named, double accuracy, double mended) {
  private static final double MOST = 0.5;
  private static final double WAY = 2 / 3.0;

  /// Classes that a sentence names.
  private static final int TOLD = 4;

  public ExchangedClasses {
    named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
  }

  /// Those of a network's answers, if there are any.
  public static Optional<ExchangedClasses> of(Confusion confusion) {
    SortedMap<Integer, Integer> named = new TreeMap<>();
    for (int label : confusion.classes()) {
      int other = confusion.mistakenFor(label);
      int answers = confusion.answers(label);
      double share = (double) confusion.count(label, other) / answers;
      if (other != label && low(share, answers / confusion.seeds()) > MOST) {
        named.put(label, other);
      }
    }
    int before;
    do {
      before = named.size();
      named.keySet().retainAll(Set.copyOf(named.values()));
      named.values().retainAll(named.keySet());
    } while (named.size() < before);
    int answers = 0;
    int right = 0;
    int mended = 0;
    for (int label : confusion.classes()) {
      answers += confusion.answers(label);
      right += confusion.count(label, label);
      mended += confusion.count(label, named.getOrDefault(label, label));
    }
    double chance = confusion.mostFrequent();
    double share = (double) mended / answers;
    boolean good = low(share, answers / confusion.seeds()) > chance + WAY * (1 - chance);
    return named.isEmpty() || !good
        ? Optional.empty()
        : Optional.of(new ExchangedClasses(named, (double) right / answers, share));
  }

  private static double low(double share, int inputs) {
    return Estimate.ofShare(share, inputs).low();
  }

  /// Which they are and the remedy, as a phrase.
  ///
  /// @param names what the data call their classes
  public String sentence(List<String> names) {
    String answers =
        named.entrySet().stream()
            .limit(TOLD)
            .map(one -> names.get(one.getValue()) + " for " + names.get(one.getKey()))
            .collect(Collectors.joining(" and "));
    return String.format(
        Locale.ROOT,
        "the network mostly answers %s%s, as if these classes were exchanged; put the class names"
            + " or folders in the order used in training, with which %.2f %% are right, not %.2f"
            + " %%",
        answers,
        named.size() > TOLD ? " and so on, %s classes in all".formatted(named.size()) : "",
        100 * mended,
        100 * accuracy);
  }
}
