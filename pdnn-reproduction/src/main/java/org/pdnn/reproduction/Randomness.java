package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Outputs;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.report.Axis;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.SampledCurves.Sampled;
import org.pdnn.reproduction.SampledCurves.Value;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.Hyperparameters;

/// How good the randomness must be: words of few bits, biased, correlated, shared, from short
/// registers and from telegraph noise, in a frozen tanh network 784-64-32-10 on MNIST.
public final class Randomness implements Experiment {
  private static final String DATA = "mnist";
  private static final Neuron PBIT = new Neuron.PBit(Activation.TANH);

  /// A figure: the imperfections that it shows beside the sound source.
  private record Kind(String id, String title, List<String> notations) {
    static Kind of(String id, String title, String... notations) {
      return new Kind(id, title, List.of(notations));
    }
  }

  private static final List<Kind> KINDS =
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

  @Override
  public String name() {
    return "randomness";
  }

  @Override
  public String title() {
    return "How good the randomness must be, MNIST";
  }

  @Override
  public String data() {
    return DATA;
  }

  @Override
  public List<Cell> cells(Budget budget, DataSet data, long seed) {
    int images =
        switch (budget) {
          case TINY -> 100;
          case QUICK -> 2_000;
          case STANDARD, PAPER -> data.test().count();
        };
    Images test = data.test().slice(0, Math.min(images, data.test().count()));
    List<Integer> samples =
        budget == Budget.TINY ? List.of(1, 8, 64) : List.of(1, 2, 4, 8, 16, 32, 64);
    int seeds =
        switch (budget) {
          case TINY -> 2;
          case QUICK, STANDARD -> 3;
          case PAPER -> 5;
        };
    Evaluation evaluation = Evaluation.independent(samples, seed, seeds);
    TrainedNetwork model = frozen(budget, data, seed);
    List<Cell> cells = new ArrayList<>();
    cells.add(curve(model, test, evaluation, "none"));
    for (Kind kind : KINDS) {
      for (String notation : kind.notations()) {
        cells.add(curve(model, test, evaluation, notation));
      }
    }
    return cells;
  }

  private static SampledCurve curve(
      TrainedNetwork model, Images test, Evaluation evaluation, String imperfection) {
    return new SampledCurve(
        model,
        PBIT,
        SampledCurve.Place.SAME,
        test,
        evaluation,
        Precision.REAL,
        Imperfection.parse(imperfection));
  }

  /// The deterministic tanh network into which p-bits are put; shared with [Schemes].
  static TrainedNetwork frozen(Budget budget, DataSet data, long seed) {
    Images training = data.training();
    int images = budget == Budget.TINY ? Math.min(2_000, training.count()) : training.count();
    return new TrainedNetwork(
        training.slice(0, images),
        "mlp:%d-64-32-%d".formatted(training.shape().size(), training.classes()),
        Neuron.deterministic(Activation.TANH),
        new Hyperparameters(1, 4, 128, 1e-3, false, Outputs.LOGITS, seed),
        new Start.Fresh(InitialWeights.PYTORCH));
  }

  @Override
  public Reproduction draw(Findings findings) {
    List<Sampled> curves =
        SampledCurves.of(findings, "mlp").stream()
            .filter(curve ->
                curve.text("scheme").equals("independent")
                    && curve.lastHidden().equals("bits")
                    && curve.network().equals("frozen"))
            .toList();
    if (curves.stream().noneMatch(curve -> !curve.text("imperfection").equals("none"))) {
      throw new IllegalArgumentException("the findings hold nothing of " + name());
    }
    return new Drawing(this, curves);
  }

  /// Figures and verdicts.
  private record Drawing(Randomness experiment, List<Sampled> curves) implements Reproduction {
    private static final Axis SAMPLES =
        Axis.log2("Samples T", "").withTicks(1, 2, 4, 8, 16, 32, 64);

    @Override
    public String name() {
      return experiment.name();
    }

    @Override
    public String place() {
      return "beyond the paper";
    }

    @Override
    public String title() {
      return experiment.title();
    }

    @Override
    public List<Claim> claims() {
      return List.of();
    }

    private Optional<Sampled> of(String imperfection) {
      return curves.stream()
          .filter(curve -> curve.text("imperfection").equals(imperfection))
          .findFirst();
    }

    private Optional<Value> accuracy(String imperfection, int samples) {
      return of(imperfection).flatMap(curve -> curve.accuracy(samples));
    }

    @Override
    public List<Ordering> orderings() {
      List<Ordering> orderings = new ArrayList<>();
      compare(orderings, "bits:2", 64, "ar1:0.9", 64);
      compare(orderings, "none", 64, "ar1:0.9", 64);
      compare(orderings, "none", 64, "telegraph:0.9", 64);
      compare(orderings, "none", 64, "bias:0.1", 64);
      compare(orderings, "none", 1, "shared:64", 1);
      compare(orderings, "shared:64", 64, "ar1:0.9", 64);
      compare(orderings, "bits:1", 1, "none", 1);
      accuracy("ar1:1.0", 1)
          .ifPresent(one ->
              accuracy("ar1:1.0", 64)
                  .ifPresent(many -> {
                    // The passes of a seed are equal, so the difference has no noise.
                    double within = 0.1 - Math.abs(one.value() - many.value());
                    orderings.add(
                        new Ordering(
                            place(),
                            "ar1:1.0, T = 64 less than 0.1 points from T = 1: no gain at all",
                            within,
                            within,
                            within,
                            "points"));
                  }));
      return orderings;
    }

    private void compare(
        List<Ordering> orderings, String one, int samples, String other, int otherSamples) {
      accuracy(one, samples)
          .ifPresent(above ->
              accuracy(other, otherSamples)
                  .ifPresent(below ->
                      orderings.add(
                          above.above(
                              below,
                              "%s at T = %d above %s at T = %d"
                                  .formatted(one, samples, other, otherSamples),
                              "points"))));
    }

    @Override
    public List<String> remarks() {
      return List.of(
          "Independent passes of bits in real numbers; %s test images, %s noise seeds, intervals"
                  .formatted(curves.getFirst().text("images"), curves.getFirst().text("seeds"))
              + " over the seeds.");
    }

    @Override
    public List<Exhibit> exhibits() {
      List<Exhibit> exhibits = new ArrayList<>();
      for (Kind kind : KINDS) {
        List<Series> series = new ArrayList<>();
        of("none").ifPresent(sound -> series.add(Series.line("sound", sound.accuracies())));
        for (String notation : kind.notations()) {
          of(notation).ifPresent(curve -> series.add(Series.line(notation, curve.accuracies())));
        }
        series.add(Series.reference("deterministic", curves.getFirst().deterministic()));
        exhibits.add(
            new Figure(
                "randomness-" + kind.id(),
                kind.title(),
                "Accuracy of the frozen network with p-bits put in.",
                SAMPLES,
                Axis.linear("Accuracy", "%"),
                series));
      }
      exhibits.add(table());
      return exhibits;
    }

    private Table table() {
      List<Integer> samples = curves.getFirst().samples();
      List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("Words", "")));
      samples.forEach(count -> columns.add(new Table.Column("T = " + count, "%, N_eq")));
      List<List<org.pdnn.report.Cell>> rows = new ArrayList<>();
      for (Sampled curve : curves) {
        List<org.pdnn.report.Cell> row = new ArrayList<>();
        row.add(org.pdnn.report.Cell.text(curve.text("imperfection")));
        for (int count : samples) {
          String accuracy = curve.accuracy(count).map(value -> value.words("%.2f")).orElse("–");
          String worth =
              curve.equivalentSamples(count).map(value -> value.words("%.1f")).orElse("–");
          row.add(org.pdnn.report.Cell.text(accuracy + ", " + worth));
        }
        rows.add(row);
      }
      return new Table(
          "randomness-accuracies", "Accuracy and N_eq of each source", "", columns, rows);
    }
  }
}
