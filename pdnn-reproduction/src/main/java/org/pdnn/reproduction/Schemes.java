package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.VarianceDecomposition;
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
import org.pdnn.report.Column;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
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
    super(name, "", title, data);
    this.family = family;
  }

  /// Perceptrons 784-64-32-10 on MNIST.
  public static Schemes perceptrons() {
    return new Schemes("schemes", "What samples are worth by scheme, MLPs", "mnist", "mlp");
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
          new Subject(networks.twin(), SIGMOID_PBIT, SampledCurve.Place.AFTER_POOLS),
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
                  Optional.empty(),
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
  void draw(Findings findings, Reproduction page) {
    List<Found<VarianceDecomposition>> variances =
        findings.of(VarianceShares.KIND).stream().filter(one -> ours(one.recipe())).toList();
    List<SchemeCurve> curves =
        findings.of(SampledCurve.KIND).stream()
            .filter(one -> ours(one.recipe()))
            .map(one ->
                new SchemeCurve(
                    new Run(one.recipe()), Curve.equivalentSamples(one.result().curve())))
            .filter(curve -> curve.run().imperfection().equals("none"))
            .toList();
    SchemeCurve.draw(found(curves), convolutional() ? 16 : 50, page);
    if (!variances.isEmpty()) {
      page.remark(
          "Additive is the share of the variance that single words have: schemes remove it and"
              + " leave the rest, so that N_eq is about T / (1 - additive).");
      page.add(shares(variances));
    }
  }

  private boolean ours(Fields recipe) {
    return recipe.object("model").text("network").startsWith(family);
  }

  /// A share of the variance of a pass.
  private record Share(String network, String part, Estimate least, Estimate most) {
    static Stream<Share> of(Found<VarianceDecomposition> found) {
      String network = new Run(found.recipe()).network();
      VarianceDecomposition shares = found.result();
      return Stream.concat(
          shares.layers().stream()
              .map(layer ->
                  new Share(network, "layer " + layer.layer(), layer.main(), layer.total())),
          Stream.of(
              new Share(
                  network, "additive by units", shares.units().least(), shares.units().most()),
              new Share(
                  network, "additive by pools", shares.pools().least(), shares.pools().most())));
    }
  }

  private Table shares(List<Found<VarianceDecomposition>> variances) {
    return new Rows<>(variances.stream().flatMap(Share::of).toList())
        .add("network", "Network", Share::network)
        .add("part", "Part", Share::part)
        .add(Column.percent("least", "Main, or at least").as("%.1f ± %.1f"), Share::least)
        .add(Column.percent("most", "Total, or at most").as("%.1f ± %.1f"), Share::most)
        .table(
            name() + "-variance",
            "Where the variance of a pass comes from",
            "Main: what a layer's words have alone. Total: what vanishes without them. Of what is"
                + " additive, two bounds.");
  }
}
