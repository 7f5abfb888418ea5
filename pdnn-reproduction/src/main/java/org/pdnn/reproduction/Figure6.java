package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Operation;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Work;

/// VGG5 in 65 nm CMOS: what one neuron saves (6a), what T samples take (6b), what is gained (6c).
final class Figure6 {
  /// n of the elementary operation that figure 6a prices.
  static final int FAN_IN = 213;

  static Reproduction computed() {
    return new Reproduction("fig6", "figure 6", "VGG5 in 65 nm CMOS")
        .claim(counts())
        .claim(Figure6a.claims())
        .claim(Figure6b.claims())
        .claim(Figure6c.claims())
        .add(Figure6a.chart())
        .add(Figure6b.chart())
        .add(Figure6c.chart());
  }

  /// Neurons of VGG5, outputs included.
  static double neurons() {
    return sample().count(Operation.ACTIVATE);
  }

  private static List<Claim> counts() {
    double parameters = sample().count(Operation.WEIGHT_BIT) / convention().widths().weight();
    double synapses = sample().count(Operation.ADD) / convention().additions().rate(0);
    return List.of(
        Claim.of("fig. 6", "parameters", "", "2202122", parameters),
        Claim.of("fig. 6", "neurons", "", "58629", neurons())
            .because(
                String.format(
                        Locale.ROOT,
                        "The layers of figure 9 make %,.0f, outputs included;",
                        neurons())
                    + " the paper does not say what the others are."),
        Claim.of("fig. 6", "fan-in, mean", "", "213", synapses / neurons()));
  }

  private static Work sample() {
    return WeightMemory.VGG5.work(convention(), 1);
  }

  private static Convention convention() {
    return PaperPreset.VGG5.convention();
  }
}
