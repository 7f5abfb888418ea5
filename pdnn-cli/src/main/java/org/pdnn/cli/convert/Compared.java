package org.pdnn.cli.convert;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.pdnn.convert.ConversionVerdict;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.integer.Lowering;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

/// A converted network beside the one that it was, on the same inputs: accuracy by scrambled
/// samples, and the energy of just that run.
///
/// @param original answers of the network before conversion, in real numbers
/// @param scrambled what the converted one answers
/// @param precision what that was run in
/// @param realNumbers why it was run in real numbers, a phrase; empty if it was run in integers
record Compared(
    Measured original,
    Measured scrambled,
    Chance chance,
    Precision precision,
    Optional<String> realNumbers,
    EnergyModel energy,
    Workload workload) {

  /// How networks are compared.
  ///
  /// @param weights asked for; a network without an integer form is run in real numbers
  record Plan(
      List<Integer> samples,
      Precision weights,
      Technology technology,
      long seed,
      int seeds,
      int threads) {

    Evaluation evaluation(Scheme scheme) {
      return new Evaluation(
          samples, scheme, Averaging.END, LastHidden.BITS, Outputs.LOGITS, seed, seeds);
    }

    /// Compares two networks.
    ///
    /// @param progress receives the inputs done, which count twice: once for each network
    Compared compare(Network source, Network network, LabelledInputs inputs, IntConsumer progress) {
      Evaluation evaluation = evaluation(Scheme.SCRAMBLED);
      Measured original =
          evaluation.measured(
              source.deterministicTwin(), Precision.REAL, inputs, Philox::new, threads, progress);
      Optional<String> real = realNumbers(network);
      Precision precision = real.isPresent() ? Precision.REAL : weights;
      Measured scrambled =
          evaluation.measured(
              network,
              precision,
              inputs,
              Philox::new,
              threads,
              done -> progress.accept(inputs.count() + done));
      return new Compared(
          original,
          scrambled,
          Chance.of(original.deterministic().accuracy(0), inputs),
          precision,
          real,
          new EnergyModel(technology, convention(precision)),
          Workload.of(network));
    }

    /// Why training would not change the verdict.
    Optional<String> spared(Network source, Network network, LabelledInputs inputs) {
      Plan once = new Plan(samples, weights, technology, seed, 1, threads);
      Compared compared = once.compare(source, network, inputs, _ -> {});
      ConversionVerdict verdict = compared.verdict();
      if (verdict.advice() == ConversionVerdict.Advice.NO_ANSWER) {
        return Optional.of("of no use: " + verdict.reason());
      }
      if (!compared.saves()) {
        return Optional.of("of no use: even one sample would take as much energy as the original");
      }
      return verdict.samples().isPresent() && verdict.samples().getAsInt() == samples.getFirst()
          ? Optional.of("not needed: " + verdict.reason())
          : Optional.empty();
    }

    private Optional<String> realNumbers(Network network) {
      if (weights.weights().isEmpty()) {
        return Optional.of("as --weights 32 asks");
      }
      if (!network.random()) {
        return Optional.of("since nothing in the network is random");
      }
      // The remedy after the semicolon is what is done here.
      return weights
          .refusal(network, Run.of(1))
          .map(reason -> "since " + reason.replaceFirst(";.*", ""));
    }

    /// The paper's, with the scheme and the weight bits that are run.
    private static Convention convention(Precision precision) {
      Convention scrambled = Convention.PAPER.withScheme(Scheme.SCRAMBLED);
      return precision
          .weights()
          .map(format ->
              scrambled.withWidths(
                  scrambled.widths().withWeight(format.bits()).withEdge(Lowering.EDGE.bits())))
          .orElse(scrambled);
    }
  }

  /// Energy at T samples, and the gain over the deterministic twin with weights of as many bits.
  EnergyPoint energy(int samples) {
    return energy.points(workload, samples, samples).getFirst();
  }

  /// The numbers of samples that were measured.
  Stream<Integer> samples() {
    return scrambled.curve().points().stream().map(CurvePoint::samples);
  }

  /// Whether there is a number of samples that takes less energy than the original.
  boolean saves() {
    return energy(1).gain() > 1;
  }

  /// How the converted network was run and priced, a phrase.
  String arithmetic() {
    return realNumbers
        .map(reason -> "run and priced in real numbers with weights of 32 bits, " + reason)
        .orElse("run and priced in integers with %s-bit weights".formatted(precision));
  }

  ConversionVerdict verdict() {
    return ConversionVerdict.of(
        scrambled, original.deterministic(), chance, samples -> energy(samples).gain());
  }
}
