package org.pdnn.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pdnn.data.Images;
import org.pdnn.names.Nearest;

/// How much an experiment may take.
public enum Budget {
  /// Seconds: shows that everything runs; its numbers mean little.
  TINY,
  /// Minutes on two cores.
  QUICK,
  /// At most two hours a figure on two cores: what kept results are made with.
  STANDARD,
  /// As the paper: 1000 epochs, constant learning rate, every s; figure 4a takes a month of a core.
  PAPER;

  /// Of the choice of images.
  public static final long IMAGES_SEED = 1;

  /// The budget of a name on the command line.
  public static Budget parse(String name) {
    for (Budget budget : values()) {
      if (budget.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return budget;
      }
    }
    var names = Arrays.stream(values()).map(Budget::toString).toList();
    throw new IllegalArgumentException(
        "unknown budget '%s'%s; use %s"
            .formatted(
                name,
                Nearest.suggestion(name, names),
                names.stream().collect(Collectors.joining(", "))));
  }

  /// At most so many images of a set, each class in its share; the same ones whatever the seed of
  /// an experiment, so that networks of several seeds are compared on the same images.
  public static Images some(Images images, int most) {
    return images.atMost(most, IMAGES_SEED);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
