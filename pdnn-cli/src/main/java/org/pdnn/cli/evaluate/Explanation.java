package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.data.Images;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.LoweringStep;
import org.pdnn.integer.WeightFormat;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Precision;

/// `--explain`: the steps that bring a network into integers, and what each costs in accuracy on a
/// calibration set.
final class Explanation {
  /// Training images that the steps are measured on.
  static final int IMAGES = 256;

  private final TextTable table = new TextTable("step", "accuracy %", "cost");
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode steps = json.putArray("steps");
  private final Evaluation evaluation;
  private final Images calibration;
  private final int threads;
  private double before = Double.NaN;

  private Explanation(Evaluation evaluation, Images calibration, int threads) {
    this.evaluation = evaluation;
    this.calibration = calibration;
    this.threads = threads;
  }

  /// Measures the network after every step, at the evaluation's largest T.
  static OutputOptions.Document of(
      Network network,
      Precision precision,
      Evaluation evaluation,
      Images calibration,
      int threads) {
    WeightFormat format =
        precision
            .weights()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--explain tells how a network comes into integers, and this one is run in"
                        + " real numbers; choose --weights 8, 4, 2 or 1"));
    Lowering lowering = Lowering.of(network, format, precision.grid());
    Explanation explanation = new Explanation(evaluation, calibration, threads);
    try (Display display = new Display("Explaining", "steps", lowering.steps().size() + 1)) {
      for (LoweringStep step : lowering.steps()) {
        explanation.measure(step.name(), step.effect(), step.network(), Precision.REAL);
        display.add(1);
      }
      explanation.measure(
          "tabulate-probabilities", "inputs of 8 bits, table, one draw a pool", network, precision);
      display.add(1);
    }
    explanation.table.after(
        "Accuracy at T = %d on %s, %s; cost in points."
            .formatted(
                evaluation.samples().getLast(),
                Counted.of(calibration.count(), "training image"),
                Counted.of(evaluation.seeds(), "noise seed")));
    return new OutputOptions.Document(explanation.table, explanation.json);
  }

  private void measure(String step, String effect, Network network, Precision precision) {
    CurvePoint point =
        evaluation
            .measure(
                network,
                precision,
                LabelledInputs.of(calibration),
                Philox::new,
                threads,
                done -> {})
            .points()
            .getLast();
    double accuracy = 100 * point.accuracy().value();
    Optional<Double> cost =
        Double.isNaN(before) ? Optional.empty() : Optional.of(before - accuracy);
    before = accuracy;
    table.row(
        step + ": " + effect,
        String.format(Locale.ROOT, "%.2f", accuracy),
        cost.map(points -> String.format(Locale.ROOT, "%+.2f", points)).orElse("-"));
    ObjectNode entry =
        steps.addObject().put("step", step).put("effect", effect).put("accuracy", accuracy / 100);
    cost.ifPresent(points -> entry.put("cost", points / 100));
  }
}
