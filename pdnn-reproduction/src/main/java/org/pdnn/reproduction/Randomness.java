package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.report.Column;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.Hyperparameters;

/// How good the randomness must be: words of few bits, biased, correlated, shared, from short
/// registers and from telegraph noise, in a frozen tanh network 784-64-32-10 on MNIST.
public final class Randomness extends Experiment {
  private static final String SOUND = "none";
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

  private final List<Imperfection> more;

  /// @param more further sources, beside those that it always compares
  private Randomness(List<Imperfection> more) {
    super("randomness", "", "How good the randomness must be", "mnist");
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
        model,
        Optional.empty(),
        PBIT,
        SampledCurve.Place.SAME,
        test,
        evaluation,
        Precision.REAL,
        imperfection);
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
  void draw(Findings findings, Reproduction page) {
    List<Measured> curves =
        Measured.all(
            Measured.all(findings, SampledCurve.KIND),
            run ->
                run.model().text("network").startsWith("mlp")
                    && run.scheme().equals("independent")
                    && !run.expectation()
                    && run.frozen());
    found(Measured.all(curves, run -> !run.imperfection().equals(SOUND)));
    Measured any = curves.getFirst();
    page.remark(
        "Independent passes of bits in floating point; %s test images. %s"
            .formatted(any.run().recipe().integer("images"), any.run().seeds().words()));
    if (any.run().seeds().makeAnInterval()) {
      order(page, curves);
    }
    List<Kind> kinds = new ArrayList<>(KINDS);
    others(curves).ifPresent(kinds::add);
    for (Kind kind : kinds) {
      List<Series> series = new ArrayList<>();
      of(curves, SOUND).ifPresent(sound -> series.add(sound.line("sound")));
      for (String notation : kind.notations()) {
        of(curves, notation).ifPresent(curve -> series.add(curve.line(brief(notation))));
      }
      series.add(any.reference("deterministic"));
      page.add(
          Charts.againstSamples(
              "randomness-" + kind.id(),
              kind.title(),
              "Accuracy of the frozen network with p-bits put in. The horizontal line is the"
                  + " deterministic network.",
              Charts.ACCURACY,
              series));
    }
    Rows<Measured> accuracies = new Rows<>(curves).add("words", "Words", Randomness::words);
    Rows<Measured> worth = new Rows<>(curves).add("words", "Words", Randomness::words);
    for (int samples : any.run().samples()) {
      accuracies.add(
          Column.percent("accuracyAt" + samples, "T = " + samples).as("%.2f ± %.2f"),
          curve -> curve.accuracies().at(samples));
      worth.add(
          Column.of("equivalentSamplesAt" + samples, "T = " + samples).as("%.1f ± %.1f"),
          curve -> curve.equivalentSamples().at(samples));
    }
    page.add(accuracies.table("randomness-accuracies", "Accuracy of each source"));
    page.add(worth.table("randomness-equivalent-samples", "N_eq of each source"));
  }

  private static String words(Measured curve) {
    return brief(curve.run().imperfection());
  }

  private static Optional<Measured> of(List<Measured> curves, String imperfection) {
    return Measured.first(curves, run -> run.imperfection().equals(imperfection));
  }

  /// What was found beside the kinds that are always compared.
  private static Optional<Kind> others(List<Measured> curves) {
    List<String> known = KINDS.stream().flatMap(kind -> kind.notations().stream()).toList();
    List<String> others =
        curves.stream()
            .map(curve -> curve.run().imperfection())
            .filter(notation -> !known.contains(notation) && !notation.equals(SOUND))
            .distinct()
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kind("others", "Other sources", others));
  }

  /// Without the hash of measured bits.
  private static String brief(String imperfection) {
    return imperfection.replaceFirst(" of SHA-256 .*", "");
  }

  private static void order(Reproduction page, List<Measured> curves) {
    compare(page, curves, "bits:2", 64, "ar1:0.9", 64);
    compare(page, curves, SOUND, 64, "ar1:0.9", 64);
    compare(page, curves, SOUND, 64, "telegraph:0.9", 64);
    compare(page, curves, SOUND, 64, "bias:0.1", 64);
    compare(page, curves, SOUND, 1, "shared:64", 1);
    compare(page, curves, "shared:64", 64, "ar1:0.9", 64);
    compare(page, curves, "bits:1", 1, SOUND, 1);
    both(curves, "ar1:1.0", 1, "ar1:1.0", 64)
        .ifPresent(pair -> {
          // The passes of a seed are equal, so the difference has no noise.
          double apart = 100 * Math.abs(pair.one().value() - pair.other().value());
          page.order(
              new Ordering(
                  Ordering.BEYOND,
                  "ar1:1.0, T = 64 less than 0.1 points from T = 1: no gain at all",
                  Estimate.exact(0.1 - apart),
                  Ordering.POINTS));
        });
  }

  private static void compare(
      Reproduction page,
      List<Measured> curves,
      String one,
      int samples,
      String other,
      int otherSamples) {
    both(curves, one, samples, other, otherSamples)
        .ifPresent(pair ->
            page.order(
                Ordering.above(
                    Ordering.BEYOND,
                    "%s at T = %s above %s at T = %s".formatted(one, samples, other, otherSamples),
                    pair.one(),
                    pair.other(),
                    100,
                    Ordering.POINTS)));
  }

  /// Two accuracies.
  private record Pair(Estimate one, Estimate other) {}

  private static Optional<Pair> both(
      List<Measured> curves, String one, int samples, String other, int otherSamples) {
    Optional<Estimate> a = of(curves, one).flatMap(curve -> curve.accuracies().at(samples));
    Optional<Estimate> b = of(curves, other).flatMap(curve -> curve.accuracies().at(otherSamples));
    return a.flatMap(first -> b.map(second -> new Pair(first, second)));
  }
}
