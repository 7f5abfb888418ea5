package org.pdnn.ising.dynamics;

import org.pdnn.ising.IsingModel;
import org.pdnn.random.RandomWords;

/// Each replica by the definition.
final class ReferenceReplicas extends Replicas {
  private final RandomWords words;

  ReferenceReplicas(IsingModel model, UpdateOrder order, RandomWords words, long first) {
    super(model, order, words, first);
    this.words = words;
  }

  @Override
  void sweep(double[] betas, int[] rows, int sweep) {
    boolean[] up = new boolean[model().size()];
    for (int replica = 0; replica < COUNT; replica++) {
      for (int position = 0; position < up.length; position++) {
        up[order().spin(position)] = (state[position] >>> replica & 1) != 0;
      }
      HeatBath.sweep(model(), order(), betas[rows[replica]], up, words, first() + replica, sweep);
      for (int position = 0; position < up.length; position++) {
        long bit = 1L << replica;
        state[position] =
            up[order().spin(position)] ? state[position] | bit : state[position] & ~bit;
      }
    }
  }
}
