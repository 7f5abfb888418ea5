package org.pdnn.names;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Numbers in the notation that all sweeps share: `FROM..TO` in steps of 1, `FROM..TO:STEP`, single
/// numbers, and lists of these, as in `0..5:0.5` and `1,2,4..8`.
public record Values(List<BigDecimal> all) {
  /// More are taken for a mistake.
  private static final int MOST = 100_000;

  public Values {
    all = List.copyOf(all);
  }

  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException saying what would be right
  public static Values parse(String text) {
    List<BigDecimal> all = new ArrayList<>();
    try {
      for (String part : text.split(",", -1)) {
        add(part.strip(), all);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a list of numbers; use 1,2,4, FROM..TO or FROM..TO:STEP upwards, as in 0..5:0.5"
              .formatted(text),
          e);
    }
    return new Values(all);
  }

  /// @throws NumberFormatException if it is neither a number nor a range
  private static void add(String part, List<BigDecimal> all) {
    String[] ends = part.split("\\.\\.", -1);
    if (ends.length == 1) {
      all.add(number(part));
      return;
    }
    String[] last = ends[1].split(":", -1);
    BigDecimal from = number(ends[0]);
    BigDecimal to = number(last[0]);
    BigDecimal step = last.length == 2 ? number(last[1]) : BigDecimal.ONE;
    if (ends.length > 2 || last.length > 2 || step.signum() <= 0 || to.compareTo(from) < 0) {
      throw new NumberFormatException(part);
    }
    BigDecimal steps = to.subtract(from).divideToIntegralValue(step);
    if (steps.compareTo(BigDecimal.valueOf(MOST - all.size())) >= 0) {
      throw new IllegalArgumentException("at most %s numbers are swept".formatted(MOST));
    }
    for (int i = 0; i <= steps.intValueExact(); i++) {
      all.add(from.add(step.multiply(BigDecimal.valueOf(i))));
    }
  }

  /// Numbers of a size that arithmetic can bear.
  private static BigDecimal number(String text) {
    if (!text.chars().allMatch(c -> c < 128)) {
      // Java reads the digits of every script.
      throw new NumberFormatException(text);
    }
    BigDecimal number = new BigDecimal(text.strip());
    if (Math.abs((long) number.precision() - number.scale()) > 30 || number.scale() > 30) {
      throw new NumberFormatException(text);
    }
    return number;
  }

  /// The same as whole numbers.
  ///
  /// @param name what they are, in a complaint
  /// @throws IllegalArgumentException if one is not, or out of bounds
  public List<Integer> whole(String name, int most) {
    return all.stream()
        .map(value -> {
          BigDecimal whole = value.stripTrailingZeros();
          if (whole.scale() > 0
              || value.signum() <= 0
              || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException(
                "%s must be whole numbers from 1 to %s, got %s"
                    .formatted(name, most, value.toPlainString()));
          }
          return value.intValue();
        })
        .toList();
  }
}
