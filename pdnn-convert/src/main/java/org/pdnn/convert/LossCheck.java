package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.evaluation.PairedDifference;

/// Ends a conversion that has lost more accuracy than is tolerated, where no later step is there to
/// win it back.
///
/// A loss counts as more only if the images show it: the lower end of its 95 % interval, paired
/// over them, is above what is tolerated, and the p-value of an exact sign test is below 0.05.
final class LossCheck {
  private final double tolerance;
  private final List<StepOutcome> results = new ArrayList<>();

  /// The steps since the loss was last tolerable.
  private final List<StepOutcome> suspects = new ArrayList<>();

  /// @param tolerance a share
  LossCheck(double tolerance) {
    this.tolerance = tolerance;
  }

  /// Notes a step after which nothing was measured.
  void unmeasured(StepOutcome result) {
    results.add(result);
  }

  /// Checks the next step.
  ///
  /// @param lost accuracy of the original less that after the step
  /// @param hope whether a later step may win back what is lost
  /// @throws ConversionException naming the step that lost most
  void step(StepOutcome result, PairedDifference lost, boolean hope) throws ConversionException {
    results.add(result);
    suspects.add(result);
    if (lost.overInputs().low() <= tolerance || !lost.significant()) {
      suspects.clear();
    } else if (!hope) {
      throw new ConversionException(
          String.format(
              Locale.ROOT,
              "step '%s' loses more than the %s points that are tolerated: %.2f points of accuracy"
                  + " (%.2f to %.2f, the 95 %% interval of %d images) are lost at the end of '%s'",
              worst(),
              Percent.of(tolerance),
              100 * lost.overInputs().value(),
              100 * lost.overInputs().low(),
              100 * lost.overInputs().high(),
              lost.inputs(),
              result.name()),
          results);
    }
  }

  private String worst() {
    StepOutcome worst = suspects.getFirst();
    for (StepOutcome suspect : suspects) {
      worst = loss(suspect) > loss(worst) ? suspect : worst;
    }
    return worst.name();
  }

  private static double loss(StepOutcome result) {
    return result.cost().map(cost -> cost.loss().value()).orElse(0.0);
  }

  List<StepOutcome> results() {
    return List.copyOf(results);
  }
}
