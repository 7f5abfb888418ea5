package org.pdnn.names;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The constants of an enum as users and files name them: in lower case, words joined by hyphens.
public final class Choice {
  private Choice() {}

  /// The name of a constant, as in `channels-last`.
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The constant of a name, in capitals or not.
  ///
  /// @param kind what is named, for a complaint: `scheme`
  /// @throws IllegalArgumentException naming the nearest constant and all of them
  public static <E extends Enum<E>> E parse(Class<E> type, String kind, String name) {
    E[] constants = type.getEnumConstants();
    List<String> names = Arrays.stream(constants).map(Choice::name).toList();
    int found = names.indexOf(name.strip().toLowerCase(Locale.ROOT));
    if (found < 0) {
      String shown = Printable.of(name);
      throw new IllegalArgumentException(
          "unknown %s '%s'%s; use %s"
              .formatted(kind, shown, Nearest.suggestion(shown, names), listed(names)));
    }
    return constants[found];
  }

  /// Names to choose from, as in `paper or strict` and `real, binary or ternary`.
  public static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
