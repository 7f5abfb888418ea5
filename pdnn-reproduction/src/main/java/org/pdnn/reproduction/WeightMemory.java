package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Joules;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.report.Axis;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// Where figure 6 keeps the weights of VGG5.
enum WeightMemory {
  SRAM("sram65", "4743.98"),
  HBM2("hbm2-sram65", "281795.60");

  static final Workload VGG5 = PaperPreset.VGG5.workload();
  private static final List<Integer> SAMPLES = List.of(1, 2, 3, 5, 7, 10, 15, 20, 30);

  private final String technology;
  private final BigDecimal firstSample;

  WeightMemory(String technology, String firstSample) {
    this.technology = technology;
    this.firstSample = new BigDecimal(firstSample);
  }

  /// The prices that figure 6 is computed with.
  EnergyModel model() {
    return new EnergyModel(Technology.named(technology), PaperPreset.VGG5.convention());
  }

  /// Of the paper, in nJ.
  BigDecimal printedFirstSample() {
    return firstSample;
  }

  /// Spent however many samples are drawn.
  Joules weights() {
    return model().breakdown(VGG5).once().total();
  }

  /// Spent on each sample.
  Joules slope() {
    return model().breakdown(VGG5).perSample().total();
  }

  /// Spent by the 32-bit deterministic network.
  Joules twin() {
    return model().energy(VGG5.twin(), 1).total();
  }

  double gain(int samples) {
    return model().gain(VGG5, samples);
  }

  /// The axis of [#curve].
  static Axis samples() {
    return Axis.log2("Samples T", "").withTicks(1, 2, 5, 10, 20, 30);
  }

  /// What the paper prints, beside [#curve].
  Series paper(List<Point> printed) {
    return Series.markers(name() + ", paper", printed).of(name()).in(Series.Stroke.DASHED);
  }

  Series curve(ToDoubleFunction<EnergyPoint> value) {
    return Series.line(
        name(),
        SAMPLES.stream()
            .map(samples -> model().points(VGG5, samples, samples).getFirst())
            .map(point -> Point.of(point.samples(), value.applyAsDouble(point)))
            .toList());
  }
}
