package org.pdnn.ising.learning;

import java.util.List;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.names.Counted;
import org.pdnn.names.Limits;
import org.pdnn.random.Philox;

/// Learning of a general Boltzmann machine, all of whose spins are visible: couplings follow the
/// mean product of their two spins in the states, less that in samples of the model at beta 1, and
/// fields the mean spin likewise (D. H. Ackley, G. E. Hinton, T. J. Sejnowski, Cognitive Science 9,
/// 1985). The log-likelihood is concave, so there is one best model.
///
/// @param updates at least 1
/// @param learningRate of the first update; it falls by equal steps, to 0 after the last
/// @param sweeps of each read before its sample
/// @param reads samples of each update
/// @param seed of all draws
public record GeneralLearning(int updates, double learningRate, int sweeps, int reads, long seed) {
  /// @throws IllegalArgumentException naming what is out of range
  public GeneralLearning {
    Limits.atLeast("updates", 1, updates);
    Limits.atLeast("sweeps", 1, sweeps);
    Limits.atLeast("reads", 1, reads);
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0 and at most 10, got " + learningRate);
    }
  }

  /// Learns.
  ///
  /// @param start the couplings that there are, and their first values
  /// @param states at least one, of the model's size
  /// @throws IllegalArgumentException if states do not fit, or the model couples three spins
  public IsingModel learn(IsingModel start, List<Spins> states, int threads) {
    if (start.triples().count() > 0) {
      throw new IllegalArgumentException(
          "%s three spins, and only pairs are learnt; begin with a model of pairs"
              .formatted(Counted.of(start.triples().count(), "term", "couple")));
    }
    if (states.isEmpty() || states.stream().anyMatch(state -> state.size() != start.size())) {
      throw new IllegalArgumentException(
          "a model of %s spins learns from states of as many, at least one"
              .formatted(start.size()));
    }
    UpdateOrder order = UpdateOrder.coloured(start);
    Moments target = Moments.of(start, states);
    IsingModel model = start;
    for (int update = 0; update < updates; update++) {
      Philox words = new Philox(Philox.seedFor(seed, "noise", update));
      List<Spins> samples =
          new Annealing(model, order, words)
              .sample(1, sweeps, reads, threads, sweep -> {})
              .states();
      double rate = learningRate * (1 - (double) update / updates);
      model = moved(model, target, Moments.of(model, samples), rate);
    }
    return model;
  }

  private static IsingModel moved(IsingModel model, Moments target, Moments now, double rate) {
    IsingModel.Builder moved = IsingModel.of(model.size());
    for (int spin = 0; spin < model.size(); spin++) {
      moved.field(spin, model.field(spin) + rate * (target.spins()[spin] - now.spins()[spin]));
      for (int k = 0; k < model.degree(spin); k++) {
        if (model.neighbour(spin, k) > spin) {
          double difference = target.products()[spin][k] - now.products()[spin][k];
          moved.couple(spin, model.neighbour(spin, k), model.coupling(spin, k) + rate * difference);
        }
      }
    }
    return moved.build();
  }

  /// The means of spins, and of their products with their neighbours.
  @SuppressWarnings("ArrayRecordComponent") // filled spin by spin, compared by nobody
  private record Moments(double[] spins, double[][] products) {
    static Moments of(IsingModel model, List<Spins> states) {
      double share = 1.0 / states.size();
      Moments moments = new Moments(new double[model.size()], new double[model.size()][]);
      for (int spin = 0; spin < model.size(); spin++) {
        moments.products[spin] = new double[model.degree(spin)];
        for (Spins state : states) {
          moments.spins[spin] += share * state.value(spin);
          for (int k = 0; k < model.degree(spin); k++) {
            moments.products[spin][k] +=
                share * state.value(spin) * state.value(model.neighbour(spin, k));
          }
        }
      }
      return moments;
    }
  }
}
