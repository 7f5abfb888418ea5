package org.pdnn.cli.study;

import java.util.List;
import org.pdnn.names.Counted;
import org.pdnn.network.Neuron;

/// The plan of a study: which networks are trained, for how long, and how they are measured.
///
/// @param contestants the networks
/// @param trainingImages digits to draw if the data are the built-in ones
/// @param testImages likewise
/// @param epochs times each training image is seen
/// @param samples numbers of samples to measure
/// @param seeds noise seeds
record Study(
    List<Contestant> contestants,
    int trainingImages,
    int testImages,
    int epochs,
    List<Integer> samples,
    int seeds) {
  Study {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
    }
  }

  /// A network of the study.
  ///
  /// @param name in figures
  /// @param file name of its model file
  /// @param neuron its hidden neurons
  /// @param samples s, passes it is trained with
  record Contestant(String name, String file, Neuron neuron, int samples) {
    boolean probabilistic() {
      return neuron.random();
    }
  }

  private static Contestant pdnn(int samples) {
    return new Contestant(
        "p-DNN, s = " + samples, "pdnn-s" + samples, Neuron.parse("pbit:sigmoid"), samples);
  }

  private static Contestant twin(int bits) {
    return new Contestant(
        "deterministic, " + Counted.of(bits, "bit"),
        "deterministic-" + bits + "bit",
        new Neuron.Deterministic(org.pdnn.network.Activation.SIGMOID, bits),
        1);
  }

  /// About a minute on two cores, with the built-in digits.
  static Study quick() {
    return new Study(
        List.of(pdnn(1), pdnn(5), twin(32), twin(3), twin(1)),
        20_000,
        2_000,
        8,
        List.of(1, 2, 4, 8, 16, 32),
        5);
  }

  /// Trained until little is left to gain, and with s = 10 too.
  static Study full() {
    return new Study(
        List.of(pdnn(1), pdnn(5), pdnn(10), twin(32), twin(3), twin(1)),
        60_000,
        10_000,
        20,
        List.of(1, 2, 3, 4, 5, 8, 10, 16, 32),
        5);
  }

  Study withEpochs(int count) {
    return new Study(contestants, trainingImages, testImages, count, samples, seeds);
  }
}
