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
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.Hyperparameters;

/// How good the randomness must be: words of few bits, biased, correlated, shared, from short
/// registers and from telegraph noise, in a frozen tanh network 784-64-32-10 on MNIST.
public final class Randomness extends Experiment {
  private static final Neuron PBIT = new Neuron.PBit(Activation.TANH);

  /// A figure: the imperfections that it shows beside the sound source.
  record Kind(String id, String title, List<String> notations) {
    static Kind of(String id, String title, String... notations) {
      return new Kind(id, title, List.of(notations));
    }
  }

  static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "bits",
              "Words of few bits",
              "bits:1",
              "bits:2",
              "bits:3",
              "bits:4",
              "bits:8",
              "bits:16"),
          Kind.of("bias", "Biased p-bits", "bias:0.01", "bias:0.02", "bias:0.05", "bias:0.1"),
          Kind.of("correlation", "Correlated passes", "ar1:0.5", "ar1:0.9", "ar1:0.99", "ar1:1.0"),
          Kind.of("shared", "Draws shared by neurons", "shared:2", "shared:8", "shared:64"),
          Kind.of(
              "registers",
              "Shift registers",
              "lfsr:8",
              "lfsr:16",
              "lfsr:32",
              "lfsr:8:1",
              "lfsr:16:1"),
          Kind.of(
              "telegraph", "Telegraph noise", "telegraph:0.5", "telegraph:0.9", "telegraph:0.99"));

  private final List<Imperfection> more;

  /// @param more further sources, beside those that it always compares
  private Randomness(List<Imperfection> more) {
    super("randomness", "How good the randomness must be", "mnist");
    this.more = List.copyOf(more);
  }

  /// No further sources.
  public Randomness() {
    this(List.of());
  }

  @Override
  public Randomness withImperfections(List<Imperfection> further) {
    return new Randomness(further);
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    int images =
        switch (budget) {
          case TINY -> 100;
          case QUICK -> 2_000;
          case STANDARD, PAPER -> data.test().count();
        };
    Images test = Budget.some(data.test(), images);
    List<Integer> samples =
        budget == Budget.TINY ? List.of(1, 8, 64) : List.of(1, 2, 4, 8, 16, 32, 64);
    int seeds =
        switch (budget) {
          case TINY, QUICK, STANDARD -> 3;
          case PAPER -> 5;
        };
    Evaluation evaluation = Evaluation.independent(samples, seed, seeds);
    TrainedNetwork model = frozen(budget, data, seed);
    List<Cell<?>> cells = new ArrayList<>();
    cells.add(curve(model, test, evaluation, new Imperfection.None()));
    for (Kind kind : KINDS) {
      for (String notation : kind.notations()) {
        cells.add(curve(model, test, evaluation, Imperfection.parse(notation)));
      }
    }
    for (Imperfection further : more) {
      further.requireEffect(evaluation.scheme(), samples.getLast());
      cells.add(curve(model, test, evaluation, further));
    }
    return cells;
  }

  private static SampledCurve curve(
      TrainedNetwork model, Images test, Evaluation evaluation, Imperfection imperfection) {
    return new SampledCurve(
        model, PBIT, SampledCurve.Place.SAME, test, evaluation, Precision.REAL, imperfection);
  }

  /// The deterministic tanh network into which p-bits are put; shared with [Schemes].
  static TrainedNetwork frozen(Budget budget, DataSet data, long seed) {
    Images training = data.training();
    int most = budget == Budget.TINY ? 2_000 : training.count();
    return new TrainedNetwork(
        Budget.some(training, most),
        "mlp:%s-64-32-%s".formatted(training.shape().size(), training.classes()),
        Neuron.deterministic(Activation.TANH),
        new Hyperparameters(1, 4, 128, 1e-3, false, Outputs.LOGITS, seed),
        new Start.Fresh(InitialWeights.PYTORCH));
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new RandomnessReport(this, findings);
  }
}
