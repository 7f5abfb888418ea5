package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.pdnn.energy.Joules;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// What T samples take: equation 4.
final class Figure6b {
  /// Each further sample, in nJ.
  static final BigDecimal PRINTED_SLOPE = new BigDecimal("2038.02");

  /// The printed slope lies 2.8 % from ours, and no further is it explained.
  private static final double COVERED = 0.03;

  private Figure6b() {}

  static List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        claim("each further sample", PRINTED_SLOPE, WeightMemory.SRAM.slope())
            .explained(COVERED, counted(surplus())));
    for (WeightMemory memory : WeightMemory.values()) {
      BigDecimal first = memory.printedFirstSample();
      claims.add(
          claim("weights, " + memory, first.subtract(PRINTED_SLOPE), memory.weights())
              .because("Printed as the first sample less a further one."));
      claims.add(
          claim("first sample, " + memory, first, memory.weights().plus(memory.slope()))
              .explained(COVERED, "It holds one slope, which differs."));
    }
    Joules first = WeightMemory.HBM2.weights().plus(WeightMemory.HBM2.slope());
    claims.add(
        Claim.of(
            "fig. 6b",
            "one more sample over the first, HBM2",
            "%",
            "0.7",
            100 * WeightMemory.HBM2.slope().dividedBy(first)));
    return claims;
  }

  private static Claim claim(String quantity, BigDecimal printed, Joules ours) {
    return Claim.of("fig. 6b", quantity, "nJ", printed, ours.nanojoules());
  }

  /// What the paper must have counted beside the network's operations, from its slope and its first
  /// gain.
  static Surplus surplus() {
    WeightMemory sram = WeightMemory.SRAM;
    BigDecimal twin = Figure6c.PRINTED_FIRST_GAIN.multiply(sram.printedFirstSample());
    return Surplus.of(
        sram.model(),
        Neuron.parse("pbit:sigmoid"),
        Joules.ofNanojoules(PRINTED_SLOPE.doubleValue()).plus(sram.slope().times(-1)),
        Joules.ofNanojoules(twin.doubleValue()).plus(sram.twin().times(-1)));
  }

  private static String counted(Surplus surplus) {
    double neurons = Figure6.neurons();
    return String.format(
        Locale.ROOT,
        """
        Evidently the authors' operation counter counts batch norms and biases as well, which are \
        free here: slope and gain at T = 1 together hold %.0f thousand multiply-accumulates and \
        %.0f thousand neurons more than the network has, %.1f and %.1f for each of its neurons; \
        the paper does not say.\
        """,
        surplus.macs() / 1000,
        surplus.neurons() / 1000,
        surplus.macs() / neurons,
        surplus.neurons() / neurons);
  }

  static Figure chart() {
    return new Figure(
        "fig6b-energy",
        "Energy against samples (the paper's fig. 6b)",
        "One inference of VGG5, weights in SRAM or in HBM2, by equation 4. Hollow markers: the"
            + " paper's first sample and what its slope adds.",
        WeightMemory.samples(),
        Axis.log10("Energy per inference", "nJ"),
        List.of(
            WeightMemory.SRAM.curve(point -> point.energy().total().nanojoules()),
            WeightMemory.HBM2.curve(point -> point.energy().total().nanojoules()),
            printed(WeightMemory.SRAM),
            printed(WeightMemory.HBM2)));
  }

  private static Series printed(WeightMemory memory) {
    double first = memory.printedFirstSample().doubleValue();
    return memory.paper(
        IntStream.of(1, 10, 30)
            .mapToObj(t -> Point.of(t, first + (t - 1) * PRINTED_SLOPE.doubleValue()))
            .toList());
  }
}
