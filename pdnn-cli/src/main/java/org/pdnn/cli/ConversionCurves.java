package org.pdnn.cli;

import java.util.List;
import java.util.Optional;
import org.pdnn.convert.Converted;
import org.pdnn.convert.Verdict;
import org.pdnn.data.Images;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Outputs;
import org.pdnn.integer.Lowering;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.sampling.Precision;

/// A converted network on test images: accuracy by scrambled and by independent samples, energy,
/// and the network that it was before.
final class ConversionCurves {
  private final CurvePoint original;
  private final Curve scrambled;
  private final Curve independent;
  private final Precision precision;
  private final EnergyModel energy;
  private final Workload workload;
  private final Images test;

  /// @param weights bits asked for; a network without an integer form runs in real numbers
  ConversionCurves(
      Converted converted,
      Images test,
      List<Integer> samples,
      Precision weights,
      Technology technology,
      long seed,
      int seeds,
      int threads) {
    Network network = converted.network();
    this.test = test;
    Evaluation evaluation = evaluation(samples, Scheme.SCRAMBLED, seed, seeds);
    Optional<String> refusal = weights.refusal(network, org.pdnn.sampling.Run.of(1));
    this.precision = !network.random() || refusal.isPresent() ? Precision.REAL : weights;
    this.energy = new EnergyModel(technology, convention(precision));
    this.workload = Workload.of(network);
    try (Display display = new Display("Measuring", "images", 3L * test.count())) {
      this.original =
          evaluation
              .measure(
                  converted.source().deterministicTwin(),
                  LabelledInputs.of(test),
                  Philox::new,
                  threads,
                  display::to)
              .deterministic();
      this.scrambled = measure(network, evaluation, threads, display, 1);
      Evaluation other = evaluation(samples, Scheme.INDEPENDENT, seed, seeds);
      this.independent = measure(network, other, threads, display, 2);
    }
  }

  private static Evaluation evaluation(List<Integer> samples, Scheme scheme, long seed, int seeds) {
    return new Evaluation(
        samples, scheme, Averaging.END, LastHidden.BITS, Outputs.LOGITS, seed, seeds);
  }

  private Curve measure(
      Network network, Evaluation evaluation, int threads, Display display, long rounds) {
    return evaluation.measure(
        network,
        precision,
        LabelledInputs.of(test),
        Philox::new,
        threads,
        done -> display.to(rounds * test.count() + done));
  }

  /// The paper's, with the weight bits that are run.
  private static Convention convention(Precision precision) {
    return precision
        .weights()
        .map(format ->
            Convention.PAPER.withWidths(
                Convention.PAPER.widths().withWeight(format.bits()).withEdge(Lowering.EDGE.bits())))
        .orElse(Convention.PAPER);
  }

  CurvePoint original() {
    return original;
  }

  Curve scrambled() {
    return scrambled;
  }

  Curve independent() {
    return independent;
  }

  Precision precision() {
    return precision;
  }

  EnergyModel energy() {
    return energy;
  }

  Images test() {
    return test;
  }

  /// Energy at T samples, and the gain over the deterministic twin with weights of as many bits.
  EnergyPoint energy(int samples) {
    return energy.points(workload, samples, samples).getFirst();
  }

  Verdict verdict() {
    return Verdict.of(scrambled, original.accuracy().value(), samples -> energy(samples).gain());
  }
}
