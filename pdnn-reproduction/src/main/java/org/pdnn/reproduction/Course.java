package org.pdnn.reproduction;

import org.pdnn.experiment.Budget;
import org.pdnn.network.Activation;
import org.pdnn.training.Arithmetic;

/// How long and how fast a kind of network is trained outside the budget `paper`.
///
/// @param activation of its hidden neurons
/// @param training images of the budget tiny, at most
/// @param test the same, to measure on
/// @param runs training seeds where networks are compared over several
/// @param epochs of networks that start from scratch
/// @param further epochs of networks that start from another, whatever their s
/// @param learningRate peak of a cosine schedule
record Course(
    Activation activation,
    int training,
    int test,
    int runs,
    int epochs,
    int further,
    double learningRate,
    Arithmetic arithmetic) {
  /// As the paper trains.
  private static final int PAPER = 1000;

  static Course vgg5(Budget budget) {
    Course standard =
        new Course(Activation.SIGMOID, 1_500, 1_000, 3, 24, 8, 2e-3, Arithmetic.BFLOAT16);
    return switch (budget) {
      case TINY -> standard.with(3, 4, 1);
      case QUICK -> standard.with(2, 8, 2);
      case STANDARD -> standard;
      case PAPER -> standard.with(3, PAPER, PAPER);
    };
  }

  /// Activation and learning rate are chosen on training images alone (docs/reproduction.md).
  static Course resnet8(Budget budget) {
    Course standard = new Course(Activation.CLIP, 60, 40, 1, 50, 8, 3e-3, Arithmetic.BFLOAT16);
    return switch (budget) {
      case TINY -> standard.with(1, 1, 1);
      case QUICK -> standard.with(1, 8, 2);
      case STANDARD -> standard;
      case PAPER -> standard.with(3, PAPER, PAPER);
    };
  }

  private Course with(int seeds, int first, int following) {
    return new Course(
        activation, training, test, seeds, first, following, learningRate, arithmetic);
  }
}
