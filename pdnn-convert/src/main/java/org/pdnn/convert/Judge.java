package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Stops a conversion where a pass loses more than is tolerated and no later one is there to win it
/// back.
final class Judge {
  /// Shares of inputs are quotients; that much is no loss.
  private static final double ROUNDING = 1e-9;

  private final double tolerance;
  private final List<PassResult> results = new ArrayList<>();

  /// The accuracy that was last found good.
  private double accuracy;

  /// The passes since then.
  private final List<PassResult> suspects = new ArrayList<>();

  /// @param tolerance a share
  /// @param accuracy of the network as it came
  Judge(double tolerance, double accuracy) {
    this.tolerance = tolerance;
    this.accuracy = accuracy;
  }

  /// Hears of the next pass.
  ///
  /// @param hope whether a later pass may win back what is lost
  /// @throws ConversionException naming the pass that lost most
  void hear(PassResult result, boolean hope) throws ConversionException {
    results.add(result);
    if (result.cost().isEmpty()) {
      return;
    }
    suspects.add(result);
    double lost = accuracy - result.cost().get().accuracy();
    if (lost <= tolerance + ROUNDING) {
      accuracy = result.cost().get().accuracy();
      suspects.clear();
    } else if (!hope) {
      throw new ConversionException(
          String.format(
              Locale.ROOT,
              "pass '%s' loses more than the %s points that are tolerated: %.2f points of accuracy"
                  + " are lost at the end of '%s'; fine-tune the network or train it longer, take"
                  + " more samples, or tolerate more",
              worst(),
              Layers.percent(tolerance),
              100 * lost,
              result.pass()),
          results);
    }
  }

  private String worst() {
    PassResult worst = suspects.getFirst();
    for (PassResult suspect : suspects) {
      worst = loss(suspect) > loss(worst) ? suspect : worst;
    }
    return worst.pass();
  }

  private static double loss(PassResult result) {
    return result.cost().map(PassResult.Cost::loss).orElse(0.0);
  }

  List<PassResult> results() {
    return List.copyOf(results);
  }
}
