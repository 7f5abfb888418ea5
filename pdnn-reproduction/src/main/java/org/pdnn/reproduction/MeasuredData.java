package org.pdnn.reproduction;

import java.util.LinkedHashSet;
import java.util.Set;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;

/// The data set that findings are about.
///
/// @param name as on the command line
/// @param own whether it is the experiment's own, whose numbers in the paper ours can be held
///   against
record MeasuredData(String name, boolean own) {
  /// Recipes name a part of a set, as in `cifar10 test`.
  static MeasuredData of(Findings findings, String expected) {
    Set<String> names = new LinkedHashSet<>();
    for (Fields recipe : findings.recipes()) {
      for (String part : recipe.allTexts("data")) {
        names.add(part.replaceFirst(" (training|test|validation)$", ""));
      }
    }
    boolean own = names.isEmpty() || names.contains(expected);
    return new MeasuredData(own ? expected : names.iterator().next(), own);
  }

  /// As in print: `CIFAR-10`.
  String title() {
    return title(name);
  }

  static String title(String name) {
    return switch (name) {
      case "cifar10" -> "CIFAR-10";
      case "mnist" -> "MNIST";
      case "celeba" -> "CelebA";
      case "digits" -> "built-in digits";
      default -> name;
    };
  }
}
