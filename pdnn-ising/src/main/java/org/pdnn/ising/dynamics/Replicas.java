package org.pdnn.ising.dynamics;

import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.random.RandomWords;

/// 64 copies of a model side by side, each with a state of its own: a word for each spin, a bit for
/// each replica. For one thread.
abstract sealed class Replicas permits ByteReplicas, RealReplicas, ReferenceReplicas {
  /// Replicas in a word.
  static final int COUNT = Long.SIZE;

  private final IsingModel model;
  private final UpdateOrder order;
  private final long first;

  /// By position in the order: bit r is the spin of replica first + r.
  final long[] state;

  Replicas(IsingModel model, UpdateOrder order, RandomWords words, long first) {
    this.model = model;
    this.order = order;
    this.first = first;
    this.state = new long[model.size()];
    for (int replica = 0; replica < COUNT; replica++) {
      set(replica, HeatBath.initial(model.size(), words, first + replica));
    }
  }

  /// Those of a kernel.
  ///
  /// @param first the number of the first replica, a multiple of 64
  static Replicas of(
      Kernel kernel, IsingModel model, UpdateOrder order, RandomWords words, long first) {
    return switch (kernel) {
      case REFERENCE -> new ReferenceReplicas(model, order, words, first);
      case VECTOR ->
          Steps.of(model)
              .<Replicas>map(steps -> new ByteReplicas(model, order, steps, words, first))
              .orElseGet(() -> new RealReplicas(model, order, words, first));
    };
  }

  /// A sweep: an update of every spin of every replica.
  ///
  /// @param betas inverse temperatures
  /// @param rows which of them each replica has
  abstract void sweep(double[] betas, int[] rows, int sweep);

  /// The energy of each replica, as the model has it.
  void energies(double[] energies) {
    for (int replica = 0; replica < COUNT; replica++) {
      energies[replica] = model.energy(spins(replica));
    }
  }

  /// The state of a replica.
  final Spins spins(int replica) {
    boolean[] up = new boolean[model.size()];
    for (int position = 0; position < state.length; position++) {
      up[order.spin(position)] = (state[position] >>> replica & 1) != 0;
    }
    return Spins.of(up.length, spin -> up[spin]);
  }

  /// Gives a replica a state.
  final void set(int replica, Spins spins) {
    for (int position = 0; position < state.length; position++) {
      long bit = 1L << replica;
      state[position] =
          spins.up(order.spin(position)) ? state[position] | bit : state[position] & ~bit;
    }
  }

  final IsingModel model() {
    return model;
  }

  final UpdateOrder order() {
    return order;
  }

  final long first() {
    return first;
  }
}
