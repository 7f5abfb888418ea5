package org.pdnn.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.LoweringStep;
import org.pdnn.integer.WeightFormat;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pdnn explain`: the steps that bring a network into integers, and what each costs in accuracy.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "List the steps that lower a model to integers, and what each costs in accuracy.",
    footer = {
      "",
      "Examples:",
      "  pdnn explain p5.safetensors",
      "  pdnn explain p5.safetensors --weights 4 --images 2000"
    })
public final class ExplainCommand extends SubjectCommand {
  @Heading("Data")
  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Training images that the steps are measured on (default: ${DEFAULT-VALUE}, or all).")
  @Within(least = 1, most = 1 << 24)
  private int images = 256;

  @Mixin private final AveragingOptions averages = new AveragingOptions();

  /// What a step left of the accuracy, a share.
  private record Outcome(String step, String effect, double accuracy, Optional<Double> cost) {}

  @Override
  AveragingOptions averages() {
    return averages;
  }

  @Override
  Images images(DataSet set, long seed) {
    return set.training().atMost(images, seed);
  }

  @Override
  Document document(Subject subject) {
    var evaluation = subject.evaluation();
    return subject
        .document("Steps into integers")
        .add(
            new Rows<>(outcomes(subject))
                .add(Column.kept("step"), Outcome::step)
                .add(Column.kept("effect"), Outcome::effect)
                .add(Column.kept("samples"), _ -> evaluation.samples().getLast())
                .add(Column.shown("step"), outcome -> outcome.step() + ": " + outcome.effect())
                .add(Column.percent("accuracy", "accuracy"), Outcome::accuracy)
                .add(Column.of("cost", "cost").times(100).as("%+.2f"), Outcome::cost)
                .table(
                    "steps",
                    "Steps",
                    "Accuracy at T = %d on %s, %s; cost in points."
                        .formatted(
                            evaluation.samples().getLast(),
                            Counted.of(subject.images().count(), "training image"),
                            Counted.of(evaluation.seeds(), "noise seed"))));
  }

  /// Measures the network after every step.
  private static List<Outcome> outcomes(Subject subject) {
    Precision precision = subject.precision();
    WeightFormat format =
        precision
            .weights()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    subject.network().random()
                        ? "the steps lead into integers, and this network runs in floating point"
                            + Precision.DEFAULT
                                .refusal(subject.network(), Run.of(1))
                                .map(
                                    reason -> ", since " + reason + "; measure it by pdnn evaluate")
                                .orElse("; choose --weights 8, 4, 2 or 1")
                        : subject.name()
                            + " is deterministic, and only p-bits have an integer form; choose a"
                            + " p-DNN, or put p-bits in by --neuron"));
    List<LoweringStep> steps = Lowering.of(subject.network(), format, precision.grid()).steps();
    List<Outcome> outcomes = new ArrayList<>();
    try (Display display = new Display("Explaining", "steps", steps.size() + 1)) {
      for (LoweringStep step : steps) {
        add(
            outcomes,
            step.name(),
            step.effect(),
            accuracy(subject, step.network(), Precision.REAL));
        display.add(1);
      }
      add(
          outcomes,
          "fix-pre-activations",
          "inputs of 8 bits, pre-activations of 2^-10, thresholds of 15 bits, one draw per pool",
          accuracy(subject, subject.network(), precision));
      display.add(1);
    }
    return outcomes;
  }

  private static void add(List<Outcome> outcomes, String step, String effect, double accuracy) {
    Optional<Double> cost =
        outcomes.isEmpty()
            ? Optional.empty()
            : Optional.of(outcomes.getLast().accuracy() - accuracy);
    outcomes.add(new Outcome(step, effect, accuracy, cost));
  }

  private static double accuracy(Subject subject, Network network, Precision precision) {
    return subject
        .evaluation()
        .measure(
            network,
            precision,
            LabelledInputs.of(subject.images()),
            subject.words().seeded(),
            subject.threads(),
            _ -> {})
        .points()
        .getLast()
        .accuracy()
        .value();
  }
}
