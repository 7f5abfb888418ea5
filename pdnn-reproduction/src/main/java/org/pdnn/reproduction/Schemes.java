package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.experiment.VarianceShares;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.Hyperparameters;

/// What T passes of each scheme are worth, by bits and by expectation in the last hidden layer, on
/// networks frozen and trained; and where their variance comes from.
///
/// A further network is a line of [#subjects].
public final class Schemes extends Experiment {
  private static final Neuron SIGMOID_PBIT = new Neuron.PBit(Activation.SIGMOID);
  private static final Neuron TANH_PBIT = new Neuron.PBit(Activation.TANH);
  private static final int EPOCHS = 8;

  private final String family;

  private Schemes(String name, String title, String data, String family) {
    super(name, title, data);
    this.family = family;
  }

  /// Perceptrons 784-64-32-10 on MNIST.
  public static Schemes perceptrons() {
    return new Schemes("schemes", "What samples are worth by scheme, perceptrons", "mnist", "mlp");
  }

  /// VGG5 on CIFAR-10, with the networks of figure 4a.
  public static Schemes convolutions() {
    return new Schemes("schemes-vgg5", "What samples are worth by scheme, VGG5", "cifar10", "vgg5");
  }

  /// A network, and the p-bits that it is sampled with.
  private record Subject(TrainedNetwork model, Neuron neuron, SampledCurve.Place place) {}

  private boolean convolutional() {
    return family.equals("vgg5");
  }

  private List<Subject> subjects(Budget budget, DataSet set, long seed) {
    if (convolutional()) {
      ClassifierPlan networks = ClassifierPlan.of(budget, set, seed);
      int most = budget == Budget.TINY ? 2 : 5;
      return List.of(
          new Subject(networks.twin(), SIGMOID_PBIT, SampledCurve.Place.BEHIND_POOLS),
          new Subject(networks.pdnn(1), SIGMOID_PBIT, SampledCurve.Place.SAME),
          new Subject(networks.pdnn(most), SIGMOID_PBIT, SampledCurve.Place.SAME));
    }
    return List.of(
        new Subject(Randomness.frozen(budget, set, seed), TANH_PBIT, SampledCurve.Place.SAME),
        trained(budget, set, seed, 1),
        trained(budget, set, seed, 5));
  }

  private static Subject trained(Budget budget, DataSet set, long seed, int s) {
    TrainedNetwork frozen = Randomness.frozen(budget, set, seed);
    Hyperparameters hyperparameters =
        Hyperparameters.paper()
            .withSamples(s)
            .withEpochs(budget == Budget.TINY ? 2 : EPOCHS)
            .withSeed(seed);
    return new Subject(
        new TrainedNetwork(
            frozen.images(),
            frozen.preset(),
            SIGMOID_PBIT,
            hyperparameters,
            new Start.Fresh(InitialWeights.GLOROT)),
        SIGMOID_PBIT,
        SampledCurve.Place.SAME);
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet set, long seed) {
    int images =
        switch (budget) {
          case TINY -> 20;
          case QUICK -> convolutional() ? 100 : 2_000;
          case STANDARD -> convolutional() ? 500 : 5_000;
          case PAPER -> set.test().count();
        };
    Images test = Budget.some(set.test(), images);
    int seeds = budget == Budget.TINY ? 2 : 5;
    List<Integer> samples =
        budget == Budget.TINY
            ? List.of(1, 2, 8)
            : convolutional() ? List.of(1, 2, 4, 8, 16) : List.of(1, 2, 4, 8, 16, 32);
    List<Cell<?>> cells = new ArrayList<>();
    for (Subject subject : subjects(budget, set, seed)) {
      for (Scheme scheme : Scheme.values()) {
        for (LastHidden last : LastHidden.values()) {
          cells.add(
              new SampledCurve(
                  subject.model(),
                  subject.neuron(),
                  subject.place(),
                  test,
                  new Evaluation(samples, scheme, Averaging.END, last, Outputs.LOGITS, seed, seeds),
                  convolutional() ? Precision.DEFAULT : Precision.REAL,
                  new Imperfection.None()));
        }
      }
      Images some = Budget.some(test, convolutional() ? 100 : 1_000);
      cells.add(
          new VarianceShares(
              subject.model(),
              subject.neuron(),
              subject.place(),
              some,
              budget == Budget.TINY ? 4 : 16,
              seed));
    }
    return cells;
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new SchemesReport(
        this,
        findings,
        SampledCurves.classifiers(findings, family).stream()
            .filter(curve -> curve.imperfection().equals("none"))
            .toList(),
        SampledCurves.variances(findings, family),
        convolutional() ? 16 : 50);
  }
}
