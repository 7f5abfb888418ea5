package org.pdnn.reproduction;

import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.WeightForm;

/// The images of a budget, some of the training images held out to choose by, and networks trained
/// on the rest.
///
/// @param budget what it may take
/// @param training images learnt from
/// @param validation images that choices are made by: the last of the training set
/// @param test images that only measure
/// @param seed of it all
record HeldOut(Budget budget, Images training, Images validation, Images test, long seed) {
  static final String PRESET = "vgg5";

  /// p-bits that follow a deterministic twin start steeper and lower under pools.
  private static final double GAIN = 4;

  private static final double LOWERED = 4;

  static HeldOut of(Budget budget, DataSet data, long seed) {
    Images all = data.training();
    int most =
        switch (budget) {
          case TINY -> 300;
          case QUICK -> 8_000;
          case STANDARD, PAPER -> all.count();
        };
    int held =
        switch (budget) {
          case TINY -> 100;
          case QUICK -> 500;
          case STANDARD, PAPER -> 2_000;
        };
    int measured =
        switch (budget) {
          case TINY -> 200;
          case QUICK -> 2_000;
          case STANDARD, PAPER -> data.test().count();
        };
    int end = Math.max(1, all.count() - held);
    return new HeldOut(
        budget,
        all.slice(0, Math.min(most, end)),
        all.slice(end, all.count()),
        data.test().slice(0, Math.min(measured, data.test().count())),
        seed);
  }

  /// Epochs of a network that learns one pass an image.
  private int epochs() {
    return switch (budget) {
      case TINY -> 1;
      case QUICK -> 5;
      case STANDARD -> 16;
      case PAPER -> 1000;
    };
  }

  private Hyperparameters hyperparameters() {
    Hyperparameters paperwise =
        Hyperparameters.paper()
            .withFlip(training.name().startsWith("cifar10"))
            .withSeed(seed)
            .withEpochs(epochs());
    return budget == Budget.PAPER
        ? paperwise
        : paperwise
            .withSchedule(Schedule.COSINE)
            .withLearningRate(2e-3)
            .withArithmetic(Arithmetic.BFLOAT16);
  }

  /// The deterministic 32-bit network.
  TrainedNetwork twin() {
    return trained("sigmoid", WeightForm.REAL);
  }

  /// A deterministic network, trained from scratch.
  TrainedNetwork trained(String neuron, WeightForm form) {
    return new TrainedNetwork(
        training,
        PRESET,
        Neuron.parse(neuron),
        hyperparameters().withWeights(form),
        new Start.Fresh(InitialWeights.GLOROT));
  }

  /// A p-DNN trained with s passes, outside of the paper's budget on from the twin.
  TrainedNetwork pdnn(int s) {
    return new TrainedNetwork(
        training,
        PRESET,
        new Neuron.PBit(Activation.SIGMOID),
        hyperparameters()
            .withSamples(s)
            .withEpochs(Math.max(1, epochs() / (budget == Budget.PAPER ? 1 : 2))),
        budget == Budget.PAPER
            ? new Start.Fresh(InitialWeights.GLOROT)
            : new Start.Warm(twin(), GAIN, LOWERED));
  }

  /// A p-DNN of one-bit weights, from scratch.
  TrainedNetwork binaryPdnn(int s) {
    return new TrainedNetwork(
        training,
        PRESET,
        new Neuron.PBit(Activation.SIGMOID),
        hyperparameters().withSamples(s).withWeights(WeightForm.BINARY),
        new Start.Fresh(InitialWeights.GLOROT));
  }
}
