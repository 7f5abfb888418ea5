package org.pdnn.tradeoff;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Precision;

/// Networks to be tried on the same inputs, with weights of the same bits: what a [Question] is
/// about.
public final class Comparison {
  /// Bits of activation that are tried besides 32.
  private static final List<Integer> FEW_BITS = List.of(8, 3, 2, 1);

  private final List<Candidate> candidates = new ArrayList<>();

  /// A network, what to call it, and how it is run.
  private record Candidate(String model, Network network, Evaluation evaluation) {}

  /// A network that was tried by T samples.
  ///
  /// @param confusion at its largest T
  public record Tried(Trial trial, CurvePoint point, Confusion confusion) {}

  /// Begins with no network.
  public Comparison() {}

  /// Indices of hidden neurons whose activation has no bound, and so no few bits.
  public static List<Integer> unbounded(Network network) {
    return network.hiddenNeurons().stream()
        .filter(i -> !((Neurons) network.layers().get(i)).neuron().activation().bounded())
        .toList();
  }

  /// How many there are.
  public int size() {
    return candidates.size();
  }

  /// Adds a network.
  ///
  /// @param model what to call it
  public Comparison add(String model, Network network, Evaluation evaluation) {
    candidates.add(new Candidate(model, network, evaluation));
    return this;
  }

  /// Adds a network with deterministic activations of 32 bits.
  public Comparison addDeterministic(String model, Network network) {
    return add(model, network.withNeurons(neuron -> neuron.twin()), Evaluation.once());
  }

  /// Adds a network with deterministic activations of 8, 3, 2 and 1 bits; those without a bound
  /// keep 32. Nothing is retrained, and nothing added if none has a bound.
  public Comparison addFewBits(String model, Network network) {
    if (network.hiddenNeurons().size() > unbounded(network).size()) {
      FEW_BITS.forEach(bits -> add(model, withBits(network, bits), Evaluation.once()));
    }
    return this;
  }

  private static Network withBits(Network network, int bits) {
    return network
        .deterministicTwin()
        .withHiddenNeurons(neuron ->
            neuron.activation().bounded()
                ? new Neuron.Deterministic(neuron.activation(), bits)
                : neuron);
  }

  /// Tries all in their order, each by every T.
  ///
  /// @param weights what they are run in
  /// @param progress receives the number of inputs done, those of all networks together
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  public List<Tried> tried(
      Precision weights, LabelledInputs inputs, int threads, LongConsumer progress) {
    List<Tried> tried = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate one = candidates.get(i);
      long before = (long) i * inputs.count();
      IntConsumer done = count -> progress.accept(before + count);
      Measured all =
          one.evaluation.measured(one.network, weights, inputs, Philox::new, threads, done);
      Iterator<CurvePoint> points = all.curve().points().iterator();
      for (Trial trial : Trial.of(one.model, one.network, weights, one.evaluation, all)) {
        tried.add(new Tried(trial, points.next(), all.confusion()));
      }
    }
    return tried;
  }
}
