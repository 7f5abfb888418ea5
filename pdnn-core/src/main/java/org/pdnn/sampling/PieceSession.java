package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A session whose inputs are run one by one.
final class PieceSession extends TicketSession {
  /// Runs passes `from` to `to` - 1 of an input.
  @FunctionalInterface
  interface Pieces {
    double[][] range(int from, int to);
  }

  /// Begins an input beside the others.
  @FunctionalInterface
  interface Beginning {
    Pieces of(float[] input, long address);
  }

  private final Beginning beginning;

  /// By ticket.
  private final List<Pieces> pieces;

  PieceSession(int most, int samples, Beginning beginning) {
    super(most, samples);
    this.beginning = beginning;
    this.pieces = new ArrayList<>(Collections.nCopies(most, (from, to) -> new double[0][]));
  }

  @Override
  void begin(int[] tickets, float[][] inputs, long[] addresses) {
    for (int i = 0; i < tickets.length; i++) {
      pieces.set(tickets[i], beginning.of(inputs[i], addresses[i]));
    }
  }

  @Override
  double[][][] run(int[] tickets, int[] from, int passes) {
    double[][][] outputs = new double[tickets.length][][];
    for (int i = 0; i < tickets.length; i++) {
      outputs[i] = pieces.get(tickets[i]).range(from[i], from[i] + passes);
    }
    return outputs;
  }
}
