package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.List;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// What is gained: the energy of the 32-bit deterministic twin over that of T samples.
final class Figure6c {
  /// In SRAM.
  static final BigDecimal PRINTED_FIRST_GAIN = new BigDecimal("28.51");

  private static final double COVERED = 0.01;

  /// A gain of the paper.
  private record Gain(WeightMemory memory, int samples, BigDecimal printed) {}

  private static final List<Gain> GAINS =
      List.of(
          new Gain(WeightMemory.SRAM, 1, PRINTED_FIRST_GAIN),
          new Gain(WeightMemory.SRAM, 10, new BigDecimal("5.86")),
          new Gain(WeightMemory.SRAM, 30, new BigDecimal("2.12")),
          new Gain(WeightMemory.HBM2, 1, new BigDecimal("1.46")));

  private Figure6c() {}

  static List<Claim> claims() {
    return GAINS.stream()
        .map(gain ->
            Claim.of(
                    "fig. 6c",
                    "gain at T = %s, %s".formatted(gain.samples(), gain.memory()),
                    "",
                    gain.printed(),
                    gain.memory().gain(gain.samples()))
                .explained(
                    COVERED,
                    "What the slope counts more is counted in the twin, too: both energies differ,"
                        + " and their quotient less."))
        .toList();
  }

  static Figure chart() {
    return new Figure(
        "fig6c-gain",
        "Gain against samples (the paper's fig. 6c)",
        "Energy of the 32-bit deterministic twin over that of the p-DNN, both by convention paper."
            + " Hollow markers: the paper's.",
        WeightMemory.samples(),
        Axis.log10("Gain", ""),
        List.of(
            WeightMemory.SRAM.curve(EnergyPoint::gain),
            WeightMemory.HBM2.curve(EnergyPoint::gain),
            printed(WeightMemory.SRAM),
            printed(WeightMemory.HBM2)));
  }

  private static Series printed(WeightMemory memory) {
    return memory.paper(
        GAINS.stream()
            .filter(gain -> gain.memory() == memory)
            .map(gain -> Point.of(gain.samples(), gain.printed().doubleValue()))
            .toList());
  }
}
