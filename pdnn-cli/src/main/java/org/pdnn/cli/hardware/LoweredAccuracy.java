package org.pdnn.cli.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.pdnn.circuit.accelerator.Accelerator;
import org.pdnn.cli.display.LateDisplay;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.LoweringStep;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Workers;

/// The accuracy after a step on the way from a trained network to its circuit.
///
/// @param computedIn what has been reached
record LoweredAccuracy(String computedIn, Estimate accuracy) {
  /// Noise seeds of an accuracy.
  static final int SEEDS = 5;

  /// What passes are computed in after a step.
  private record Way(
      String name, Network network, Precision precision, LongFunction<RandomWords> words) {}

  /// Measures all steps.
  ///
  /// @param samples T
  static List<LoweredAccuracy> measured(
      Network network,
      Accelerator accelerator,
      WeightFormat weights,
      InputGrid grid,
      Images images,
      int samples,
      long seed) {
    List<Way> ways = new ArrayList<>();
    for (LoweringStep step : Lowering.of(network, weights, grid).steps()) {
      ways.add(new Way(step.name(), step.network(), Precision.REAL, Philox::new));
    }
    Precision integers = new Precision(Optional.of(weights), grid);
    ways.add(new Way("integers", network, integers, Philox::new));
    ways.add(
        new Way(
            "integers, words of the generators",
            network,
            integers,
            noise -> accelerator.words(accelerator.start(noise), samples)));
    Evaluation evaluation =
        Evaluation.independent(List.of(samples), seed, SEEDS)
            .with(accelerator.scheme(), LastHidden.BITS);
    LabelledInputs inputs = LabelledInputs.of(images);
    List<LoweredAccuracy> steps = new ArrayList<>();
    try (LateDisplay display =
        new LateDisplay("Measuring", "images", (long) ways.size() * images.count())) {
      for (Way way : ways) {
        int before = steps.size() * images.count();
        Curve curve =
            evaluation.measure(
                way.network(),
                way.precision(),
                inputs,
                way.words(),
                Workers.all(),
                done -> display.to(before + done));
        steps.add(new LoweredAccuracy(way.name(), curve.points().getLast().accuracy()));
      }
    }
    return steps;
  }
}
