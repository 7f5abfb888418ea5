package org.pdnn.experiment;

import org.pdnn.data.Images;
import org.pdnn.names.Choice;

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
    return Choice.parse(Budget.class, "budget", name);
  }

  /// At most so many images of a set, each class in its share; the same ones whatever the seed of
  /// an experiment, so that networks of several seeds are compared on the same images.
  public static Images some(Images images, int most) {
    return images.atMost(most, IMAGES_SEED);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
