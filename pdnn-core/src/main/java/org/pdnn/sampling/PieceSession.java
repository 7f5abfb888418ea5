package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A session whose inputs are run one by one.
final class PieceSession implements Session {
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
  private final Tickets tickets;

  /// By ticket.
  private final List<Pieces> pieces;

  PieceSession(int most, int samples, Beginning beginning) {
    this.beginning = beginning;
    this.tickets = new Tickets(most, samples);
    this.pieces = new ArrayList<>(Collections.nCopies(most, (from, to) -> new double[0][]));
  }

  @Override
  public int[] begin(float[][] inputs, long[] addresses) {
    int[] given = tickets.open(inputs.length);
    for (int i = 0; i < given.length; i++) {
      pieces.set(given[i], beginning.of(inputs[i], addresses[i]));
    }
    return given;
  }

  @Override
  public void advance(int passes) {
    for (int left = 1; left <= passes; left++) {
      for (int ticket : tickets.withLeft(left, passes)) {
        int done = tickets.done(ticket);
        tickets.add(ticket, pieces.get(ticket).range(done, done + left));
      }
    }
  }

  @Override
  public double[][] passes(int ticket) {
    return tickets.passes(ticket);
  }

  @Override
  public void end(int ticket) {
    tickets.end(ticket);
  }
}
