package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A module's name without its numbers, and the numbers: modules of one stem are ordered by them,
/// `fc2` before `fc10`, `dense` before `dense_1`.
///
/// @param text the name with `#` for each number
/// @param numbers in the order of the name; -1 where a component could end in `_N` and does not
record Stem(String text, List<Long> numbers) implements Comparable<Stem> {
  private static final Pattern SUFFIX = Pattern.compile("(.+)_(\\d{1,18})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  Stem {
    numbers = List.copyOf(numbers);
  }

  static Stem of(String module) {
    List<Long> numbers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (String component : module.split("\\.", -1)) {
      Matcher suffix = SUFFIX.matcher(component);
      boolean found = suffix.matches();
      String base = found ? suffix.group(1) : component;
      NUMBER
          .matcher(base)
          .results()
          .map(MatchResult::group)
          .map(Long::valueOf)
          .forEach(numbers::add);
      numbers.add(found ? Long.parseLong(suffix.group(2)) : -1);
      texts.add(NUMBER.matcher(base).replaceAll("#"));
    }
    return new Stem(String.join(".", texts), numbers);
  }

  /// By numbers; of stems with the same text these are equally many.
  @Override
  public int compareTo(Stem other) {
    for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
      int order = Long.compare(numbers.get(i), other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(numbers.size(), other.numbers.size());
  }
}
