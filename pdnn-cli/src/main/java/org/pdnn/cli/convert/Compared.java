package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.convert.Converted;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Trial;
import org.pdnn.tradeoff.Verdict;

/// A network, deterministic ones with fewer bits of activation, and the p-DNN that it became, on
/// the same inputs and with weights of the same bits.
///
/// @param rows the original first, its activations in 32 bits
/// @param mostFrequent share of the inputs that are of the most frequent class
/// @param precision what all were run in
/// @param realNumbers why they were run in real numbers, a phrase; empty if weights have few bits
record Compared(
    List<Row> rows,
    double mostFrequent,
    Precision precision,
    Optional<String> realNumbers,
    Pricing pricing) {
  /// Bits of activation that are tried besides 32.
  private static final List<Integer> BITS = List.of(8, 3, 2, 1);

  /// What was measured in one setting.
  record Row(Trial trial, CurvePoint point) {}

  /// A network, what to call it, and how it is run.
  private record Candidate(String name, Network network, Evaluation evaluation) {}

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
      List<Candidate> all = deterministic(converted.source(), converted.bounded());
      Network network = converted.network();
      if (network.random()) {
        all.addAll(fewBits(this.converted, network));
        all.add(sampled(network, Scheme.SCRAMBLED, seeds));
        all.add(sampled(network, Scheme.INDEPENDENT, seeds));
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
      List<Candidate> all = deterministic(source, network);
      all.add(sampled(network, Scheme.SCRAMBLED, 1));
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
    private List<Candidate> deterministic(Network source, Network bounded) {
      List<Candidate> all = new ArrayList<>();
      Network full = source.withNeurons(neuron -> Neuron.deterministic(neuron.activation()));
      all.add(new Candidate(original.toString(), full, Evaluation.once()));
      all.addAll(fewBits(original, bounded));
      return all;
    }

    private static List<Candidate> fewBits(Path name, Network network) {
      List<Candidate> all = new ArrayList<>();
      if (network.hiddenNeurons().size() > unbounded(network).size()) {
        for (int bits : BITS) {
          all.add(new Candidate(name.toString(), withBits(network, bits), Evaluation.once()));
        }
      }
      return all;
    }

    /// The deterministic network with so many bits of those activations that are bounded.
    private static Network withBits(Network network, int bits) {
      return network
          .deterministicTwin()
          .withHiddenNeurons(neuron ->
              neuron.activation().bounded()
                  ? new Neuron.Deterministic(neuron.activation(), bits)
                  : neuron);
    }

    private Candidate sampled(Network network, Scheme scheme, int seeds) {
      Evaluation evaluation =
          new Evaluation(
              samples, scheme, Averaging.END, LastHidden.BITS, Outputs.LOGITS, seed, seeds);
      return new Candidate(converted.toString(), network, evaluation);
    }

    /// @param network whose precision is everyone's
    private Compared compare(
        Network network, List<Candidate> all, LabelledInputs inputs, IntConsumer progress) {
      Optional<String> real = realNumbers(network);
      Precision precision = real.isPresent() ? Precision.REAL : weights;
      List<Row> rows = new ArrayList<>();
      double mostFrequent = 1;
      for (int i = 0; i < all.size(); i++) {
        Candidate one = all.get(i);
        int before = i * inputs.count();
        Measured measured =
            one.evaluation()
                .measured(
                    one.network(),
                    precision,
                    inputs,
                    Philox::new,
                    threads,
                    done -> progress.accept(before + done));
        mostFrequent = measured.confusion().mostFrequent();
        List<Trial> trials =
            Trial.of(one.name(), one.network(), precision, one.evaluation(), measured);
        for (int k = 0; k < trials.size(); k++) {
          rows.add(new Row(trials.get(k), measured.curve().points().get(k)));
        }
      }
      return new Compared(rows, mostFrequent, precision, real, Pricing.strict(technology));
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

  /// Indices of hidden neurons whose activation has no bound, and so no few bits.
  private static List<Integer> unbounded(Network network) {
    return network.hiddenNeurons().stream()
        .filter(i -> !((Neurons) network.layers().get(i)).neuron().activation().bounded())
        .toList();
  }

  /// Which activations of a network cannot have few bits, a sentence; empty if all can.
  static Optional<String> withoutFewBits(Network bounded) {
    List<Integer> unbounded = unbounded(bounded);
    return unbounded.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "activations at %s have no bound and so no few bits; deterministic networks of fewer bits keep 32 there"
                .formatted(Counted.listed(unbounded, "layer")));
  }

  Row original() {
    return rows.getFirst();
  }

  /// The points by one scheme, T rising.
  List<CurvePoint> curve(Scheme scheme) {
    return rows.stream()
        .map(Row::point)
        .filter(point -> point.scheme().equals(Optional.of(scheme)))
        .toList();
  }

  Question question() {
    return new Question(rows.stream().map(Row::trial).toList(), mostFrequent, Question.TOLERANCE);
  }

  Advice advice() {
    return Advice.of(question(), pricing, names());
  }

  ModelNames names() {
    return ModelNames.of(rows.stream().map(Row::trial).toList());
  }

  double nanojoules(Row row) {
    return pricing.of(row.trial()).energy().nanojoules();
  }

  /// How many times as much the original takes.
  double gain(Row row) {
    return nanojoules(original()) / nanojoules(row);
  }

  /// How all networks were run and priced, a phrase.
  String arithmetic() {
    return realNumbers
        .map(reason -> "run and priced in real numbers with weights of 32 bits, " + reason)
        .orElse("run and priced with %s-bit weights".formatted(precision));
  }
}
