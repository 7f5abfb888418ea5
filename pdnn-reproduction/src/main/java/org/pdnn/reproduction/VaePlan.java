package org.pdnn.reproduction;

import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Reconstructions;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.experiment.VaeFamily;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.VaeTrainer;

/// The auto-encoders that figures 3 and 4b share.
final class VaePlan {
  static final Neuron TANH = Neuron.deterministic(Activation.TANH);
  static final Neuron TANH_PBIT = new Neuron.PBit(Activation.TANH);
  static final Neuron SIGMOID = Neuron.deterministic(Activation.SIGMOID);
  static final Neuron SIGMOID_PBIT = new Neuron.PBit(Activation.SIGMOID);
  private static final int TEST_IMAGES = 512;

  private final Scale scale;
  private final boolean paper;
  private final Images training;
  private final Images test;
  private final long seed;

  /// What a budget allows.
  ///
  /// @param images learnt from
  /// @param firstEpochs of the deterministic 32-bit auto-encoder, before its latent variables are
  ///   turned
  /// @param twinEpochs of it, after that
  /// @param batch images a step
  /// @param passes of the decoder that an image may be learnt with in all: epochs = passes / s,
  ///   within bounds
  /// @param fewestEpochs lower bound of those
  /// @param mostEpochs upper bound of those
  /// @param trained the s
  /// @param samples the T
  /// @param together images of a set that is compared
  /// @param sets such sets
  record Scale(
      int images,
      int firstEpochs,
      int twinEpochs,
      int batch,
      int passes,
      int fewestEpochs,
      int mostEpochs,
      List<Integer> trained,
      List<Integer> samples,
      int together,
      int sets) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY -> new Scale(192, 1, 1, 32, 2, 1, 1, List.of(1, 2), List.of(1, 2, 4), 64, 3);
        case QUICK ->
            new Scale(
                1_024, 4, 8, 32, 10, 2, 4, List.of(1, 10), Printed.DISTANCES.samples(), 128, 3);
        case STANDARD ->
            new Scale(
                Integer.MAX_VALUE,
                5,
                15,
                32,
                30,
                4,
                8,
                List.of(1, 2, 10),
                Printed.DISTANCES.samples(),
                256,
                4);
        case PAPER ->
            new Scale(
                Integer.MAX_VALUE,
                0,
                1000,
                64,
                Integer.MAX_VALUE,
                1000,
                1000,
                List.of(1, 2, 10, 32, 100),
                Printed.DISTANCES.samples(),
                1_024,
                4);
      };
    }

    int epochs(int s) {
      return Math.clamp(passes / s, fewestEpochs, mostEpochs);
    }
  }

  VaePlan(Budget budget, DataSet data, long seed) {
    this.scale = Scale.of(budget);
    this.paper = budget == Budget.PAPER;
    this.training = Budget.some(data.training(), scale.images());
    this.test = Budget.some(data.test(), Math.min(TEST_IMAGES, scale.images()));
    this.seed = seed;
  }

  Scale scale() {
    return scale;
  }

  /// Held-out images to make again: whole sets.
  Images held() {
    return Budget.some(test, test.count() / Reconstructions.TOGETHER * Reconstructions.TOGETHER);
  }

  Images training() {
    return training;
  }

  /// Faces may be mirrored, digits may not.
  private Hyperparameters hyperparameters(int s, int epochs, double rate) {
    Hyperparameters paperwise =
        VaeTrainer.paper()
            .withSeed(seed)
            .withSamples(s)
            .withEpochs(epochs)
            .withBatch(scale.batch());
    return paper
        ? paperwise
        : paperwise
            .withFlip(training.classes() == 1)
            .withSchedule(Schedule.COSINE)
            .withLearningRate(rate)
            .withArithmetic(Arithmetic.BFLOAT16);
  }

  private TrainedVae trained(
      Neuron hidden, Neuron last, int s, int epochs, double rate, Optional<TrainedVae> start) {
    return new TrainedVae(
        VaeFamily.CONVOLUTIONAL,
        training,
        test,
        hidden,
        last,
        hyperparameters(s, epochs, rate),
        paper ? Optional.empty() : start,
        !paper);
  }

  /// The deterministic 32-bit auto-encoder; the others start from it. Its own training is made in
  /// two parts: turned in between, the few factors that the first part finds are latent variables
  /// of their own instead of sums of many.
  TrainedVae twin() {
    if (paper) {
      return trained(TANH, SIGMOID, 1, scale.twinEpochs(), 1e-4, Optional.empty());
    }
    TrainedVae first = trained(TANH, SIGMOID, 1, scale.firstEpochs(), 1e-3, Optional.empty());
    return trained(TANH, SIGMOID, 1, scale.twinEpochs(), 1e-3, Optional.of(first));
  }

  private TrainedVae warm(Neuron hidden, Neuron last, int s) {
    return trained(hidden, last, s, scale.epochs(s), 5e-4, Optional.of(twin()));
  }

  /// Deterministic hidden neurons of one bit.
  TrainedVae oneBit() {
    return warm(new Neuron.Deterministic(Activation.TANH, 1), SIGMOID, 1);
  }

  /// Hidden p-bits, the last layer analog.
  TrainedVae pbits(int s) {
    return warm(TANH_PBIT, SIGMOID, s);
  }

  /// p-bits in every layer, the last included.
  TrainedVae allPBits() {
    return warm(TANH_PBIT, SIGMOID_PBIT, 1);
  }
}
