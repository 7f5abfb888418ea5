package org.pdnn.reproduction;

import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.FrozenNetwork;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.StartSearch;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.WeightForm;

/// The classifiers of the paper's figures, as a budget trains them: VGG5 unless another is named.
/// Figures that ask for the same network share its cell.
///
/// @param course how they are trained
/// @param training learnt from
/// @param test only measured on
/// @param flip whether images are mirrored in training
/// @param seed of weights, order and noise
record ClassifierPlan(
    Budget budget, Course course, Images training, Images test, boolean flip, long seed) {
  static final Neuron PBIT = new Neuron.PBit(Activation.SIGMOID);
  static final Neuron TANH_PBIT = new Neuron.PBit(Activation.TANH);

  private static final String PRESET = "vgg5";

  /// What pre-activations under max pools are multiplied by when p-bits follow the twin, and what
  /// is taken off them: chosen by accuracy after 16,000 images (docs/reproduction.md has the
  /// table).
  private static final double GAIN = 4;

  private static final double LOWERED = 4;
  private static final Start GLOROT = new Start.Fresh(InitialWeights.GLOROT);

  /// VGG5, with as much of a data set as a budget allows.
  static ClassifierPlan of(Budget budget, DataSet data, long seed) {
    return of(budget, Course.vgg5(budget), data, seed);
  }

  /// As much of a data set as a budget allows.
  static ClassifierPlan of(Budget budget, Course course, DataSet data, long seed) {
    return new ClassifierPlan(
        budget,
        course,
        first(data.training(), budget, course.training(), 8_000),
        first(data.test(), budget, course.test(), 2_000),
        data.name().equals("cifar10"),
        seed);
  }

  private static Images first(Images images, Budget budget, int tiny, int quick) {
    int most =
        switch (budget) {
          case TINY -> tiny;
          case QUICK -> quick;
          case STANDARD, PAPER -> images.count();
        };
    return Budget.some(images, most);
  }

  private boolean paper() {
    return budget == Budget.PAPER;
  }

  private Hyperparameters hyperparameters(int s, int epochs) {
    Hyperparameters paperwise =
        Hyperparameters.paper().withFlip(flip).withSeed(seed).withSamples(s).withEpochs(epochs);
    return paper()
        ? paperwise
        : paperwise
            .withSchedule(Schedule.COSINE)
            .withLearningRate(course.learningRate())
            .withArithmetic(course.arithmetic());
  }

  private TrainedNetwork trained(Neuron neuron, Hyperparameters hyperparameters, Start start) {
    return trained(PRESET, neuron, hyperparameters, start);
  }

  private TrainedNetwork trained(
      String preset, Neuron neuron, Hyperparameters hyperparameters, Start start) {
    return new TrainedNetwork(training, preset, neuron, hyperparameters, start);
  }

  /// Deterministic, from scratch, of the layers of a preset.
  TrainedNetwork first(String preset) {
    return trained(
        preset,
        Neuron.deterministic(course.activation()),
        hyperparameters(1, course.epochs()),
        GLOROT);
  }

  /// A network that follows another, from its weights as they are.
  TrainedNetwork following(TrainedNetwork first) {
    return trained(
        first.preset(),
        first.neuron(),
        hyperparameters(1, course.further()),
        paper() ? GLOROT : Start.Warm.asIs(first));
  }

  /// A network of other neurons that follows another, from where a search found best.
  TrainedNetwork following(TrainedNetwork first, StartSearch search, int s) {
    return trained(
        search.preset(),
        search.neuron(),
        hyperparameters(s, course.further()),
        paper() ? GLOROT : new Start.Searched(first, search));
  }

  /// A network converted without training, calibrated on training images.
  FrozenNetwork frozen(TrainedNetwork deterministic, Precision weights) {
    boolean tiny = budget == Budget.TINY;
    Images some = Budget.some(training, tiny ? 6 : 200).stratified(Budget.IMAGES_SEED);
    return new FrozenNetwork(deterministic, some, tiny ? 2 : 4, weights);
  }

  /// A search of where other neurons best follow a network, on training images alone: a third of
  /// those that it takes are measured on.
  StartSearch search(TrainedNetwork first, String preset, Neuron neuron) {
    int most =
        switch (budget) {
          case TINY -> 90;
          case QUICK -> 3_000;
          case STANDARD, PAPER -> 18_000;
        };
    Images some = Budget.some(training, most).stratified(Budget.IMAGES_SEED);
    int learnt = some.count() * 2 / 3;
    return new StartSearch(
        first,
        preset,
        neuron,
        hyperparameters(1, 1).withSchedule(Schedule.COSINE),
        some.slice(0, learnt),
        some.slice(learnt, some.count()));
  }

  /// Deterministic, 32 bits, from scratch.
  TrainedNetwork twin(Activation activation) {
    return trained(Neuron.deterministic(activation), hyperparameters(1, course.epochs()), GLOROT);
  }

  /// The deterministic network of sigmoid neurons.
  TrainedNetwork twin() {
    return twin(Activation.SIGMOID);
  }

  /// Deterministic, with activations of few bits.
  TrainedNetwork deterministic(int bits) {
    return trained(
        new Neuron.Deterministic(Activation.SIGMOID, bits),
        hyperparameters(1, course.further()),
        paper() ? GLOROT : Start.Warm.asIs(twin()));
  }

  /// A p-DNN trained with s passes a step.
  ///
  /// @param scheme of the passes of a step
  TrainedNetwork pdnn(int s, Scheme scheme) {
    return trained(
        PBIT,
        hyperparameters(s, course.further()).withScheme(scheme),
        paper() ? GLOROT : new Start.Warm(twin(), GAIN, LOWERED));
  }

  /// A p-DNN of independent passes.
  TrainedNetwork pdnn(int s) {
    return pdnn(s, Scheme.INDEPENDENT);
  }

  /// A p-DNN of tanh p-bits. tanh(I) = 2 sigmoid(2 I) - 1: half the shift moves its bits as far.
  TrainedNetwork tanh(int s) {
    return trained(
        TANH_PBIT,
        hyperparameters(s, course.further()),
        paper() ? GLOROT : new Start.Warm(twin(Activation.TANH), GAIN, LOWERED / 2));
  }

  /// A deterministic network of one-bit weights, from scratch.
  TrainedNetwork binary(Neuron neuron) {
    return trained(
        neuron, hyperparameters(1, course.epochs()).withWeights(WeightForm.BINARY), GLOROT);
  }

  /// A p-DNN of one-bit weights, which follows the deterministic network of such weights.
  TrainedNetwork binaryPdnn(int s) {
    return trained(
        PBIT,
        hyperparameters(s, course.further()).withWeights(WeightForm.BINARY),
        paper()
            ? GLOROT
            : new Start.Warm(binary(Neuron.deterministic(Activation.SIGMOID)), GAIN, LOWERED));
  }
}
