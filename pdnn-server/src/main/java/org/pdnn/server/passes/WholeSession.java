package org.pdnn.server.passes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Session;

/// Inputs whose passes cannot come piece by piece: those of deterministic networks, and of schemes
/// whose first passes are no shorter run. The first piece runs all.
final class WholeSession implements Session {
  private final Sampler sampler;
  private final RandomWords words;

  /// By ticket, until its passes are run.
  private final float[] @Nullable [] inputs;

  private final long[] addresses;

  /// By ticket, once they are run; none of a ticket that is not given.
  private final double[] @Nullable [][] passes;

  WholeSession(Sampler sampler, RandomWords words, int most) {
    this.sampler = sampler;
    this.words = words;
    this.inputs = new float[most][];
    this.addresses = new long[most];
    this.passes = new double[most][][];
  }

  @Override
  public int[] begin(float[][] some, long[] someAddresses) {
    int[] tickets = new int[some.length];
    int ticket = 0;
    for (int i = 0; i < some.length; i++) {
      while (inputs[ticket] != null || passes[ticket] != null) {
        ticket++;
      }
      inputs[ticket] = some[i];
      addresses[ticket] = someAddresses[i];
      tickets[i] = ticket;
    }
    return tickets;
  }

  @Override
  public void advance(int count) {
    for (int ticket = 0; ticket < inputs.length; ticket++) {
      float[] input = inputs[ticket];
      if (input != null) {
        passes[ticket] = sampler.passes(input, addresses[ticket], words);
        inputs[ticket] = null;
      }
    }
  }

  @Override
  public double[][] passes(int ticket) {
    double[][] run = passes[ticket];
    return run == null ? new double[0][] : Arrays.copyOf(run, run.length);
  }

  @Override
  public void end(int ticket) {
    inputs[ticket] = null;
    passes[ticket] = null;
  }
}
