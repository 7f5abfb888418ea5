package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.convert.Converted;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.ExchangedClasses;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.tradeoff.Comparison;
import org.pdnn.tradeoff.Comparison.Tried;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Trial;
import org.pdnn.tradeoff.Verdict;

/// A network, deterministic ones with fewer bits of activation, and the p-DNN that it became, on
/// the same inputs and with weights of the same bits.
///
/// @param rows the original first, its activations in 32 bits
/// @param precision what all were run in
/// @param realNumbers why they were run in real numbers, a phrase; empty if weights have few bits
record Compared(
    List<Tried> rows, Precision precision, Optional<String> realNumbers, Pricing pricing) {
  /// How networks are compared.
  ///
  /// @param original what to call the network before its conversion: its file
  /// @param converted what to call what became of it
  /// @param weights asked for; a network without an integer form is run in real numbers
  record Plan(
      Path original,
      Path converted,
      List<Integer> samples,
      Precision weights,
      Technology technology,
      long seed,
      int seeds,
      int threads) {

    /// Compares what came of a conversion with what it began with.
    Compared compare(Converted converted, LabelledInputs inputs) {
      Comparison all = deterministic(converted.source(), converted.bounded());
      Network network = converted.network();
      if (network.random()) {
        all.addFewBits(this.converted.toString(), network);
        add(all, network, Scheme.SCRAMBLED, seeds);
        add(all, network, Scheme.INDEPENDENT, seeds);
      }
      try (Display display =
          new Display("Measuring", "images", (long) all.size() * inputs.count())) {
        return compare(network, all, inputs, display::to);
      }
    }

    /// Why training a network would not change the verdict.
    Optional<String> spared(Network source, Network network, LabelledInputs inputs) {
      if (!network.random()) {
        return Optional.of("of no use: no neuron became random");
      }
      Comparison all = deterministic(source, network);
      add(all, network, Scheme.SCRAMBLED, 1);
      Advice advice = compare(network, all, inputs, _ -> {}).advice();
      Verdict verdict = advice.verdict();
      if (verdict.bits().isEmpty()) {
        return Optional.of("of no use: " + verdict.reason());
      }
      return verdict
          .samples()
          .filter(fewest -> fewest.setting().samples() == samples.getFirst() || !advice.saves())
          .map(fewest ->
              fewest.setting().samples() == samples.getFirst()
                  ? "not needed: " + advice.names().reach(fewest)
                  : "of no use: " + advice.noneSaves());
    }

    /// The original, then networks of fewer bits made of another.
    private Comparison deterministic(Network source, Network bounded) {
      String name = original.toString();
      return new Comparison().addDeterministic(name, source).addFewBits(name, bounded);
    }

    private void add(Comparison all, Network network, Scheme scheme, int seeds) {
      all.add(
          converted.toString(),
          network,
          Evaluation.independent(samples, seed, seeds).with(scheme, LastHidden.BITS));
    }

    /// @param network whose precision is everyone's
    private Compared compare(
        Network network, Comparison all, LabelledInputs inputs, LongConsumer progress) {
      Optional<String> real = realNumbers(network);
      Precision precision = real.isPresent() ? Precision.REAL : weights;
      return new Compared(
          all.tried(precision, inputs, threads, progress),
          precision,
          real,
          Pricing.strict(technology));
    }

    private Optional<String> realNumbers(Network network) {
      if (weights.real()) {
        return Optional.of("as --weights 32 asks");
      }
      // The remedy after the semicolon is what is done here.
      return weights
          .refusal(network, Run.of(1))
          .map(reason -> "since " + reason.replaceFirst(";.*", ""));
    }
  }

  /// Which activations of a network cannot have few bits, a sentence; empty if all can.
  static Optional<String> withoutFewBits(Network bounded) {
    List<Integer> unbounded = Comparison.unbounded(bounded);
    return unbounded.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "activations at %s have no bound and so no few bits; deterministic networks of fewer bits keep 32 there"
                .formatted(bounded.listed(unbounded)));
  }

  Tried original() {
    return rows.getFirst();
  }

  /// What is said of classes that the data number otherwise than the original, a sentence.
  Optional<String> exchanged(List<String> classNames) {
    return ExchangedClasses.of(original().confusion()).map(classes -> classes.sentence(classNames));
  }

  private List<Trial> trials() {
    return rows.stream().map(Tried::trial).toList();
  }

  /// The points by one scheme, T rising.
  List<CurvePoint> curve(Scheme scheme) {
    return rows.stream()
        .map(Tried::point)
        .filter(point -> point.scheme().equals(Optional.of(scheme)))
        .toList();
  }

  Question question() {
    double mostFrequent = original().confusion().mostFrequent();
    return new Question(trials(), mostFrequent, Question.TOLERANCE);
  }

  Advice advice() {
    return Advice.of(question(), pricing, names());
  }

  ModelNames names() {
    return ModelNames.of(trials());
  }

  double nanojoules(Tried row) {
    return pricing.of(row.trial()).energy().nanojoules();
  }

  /// How many times as much the original takes.
  double gain(Tried row) {
    return nanojoules(original()) / nanojoules(row);
  }

  /// How all networks were run and priced, a phrase.
  String arithmetic() {
    return realNumbers
        .map(reason -> "run and priced in floating point with weights of 32 bits, " + reason)
        .orElse("run and priced with " + precision.words());
  }
}
