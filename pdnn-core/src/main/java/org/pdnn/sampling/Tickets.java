package org.pdnn.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The inputs of a session: what has been run of each.
final class Tickets {
  private final int samples;

  private static final double[][] FREE = {};

  /// By ticket and pass.
  private final double[][][] rows;

  private final int[] done;

  /// @param most inputs that may be open at once
  /// @param samples T
  Tickets(int most, int samples) {
    this.rows = new double[most][][];
    Arrays.fill(rows, FREE);
    this.done = new int[most];
    this.samples = samples;
  }

  /// Gives out tickets.
  int[] open(int count) {
    int[] free = IntStream.range(0, rows.length).filter(i -> !isOpen(i)).limit(count).toArray();
    if (free.length < count) {
      throw new IllegalStateException(
          "the session has room for %s inputs; end some before more begin".formatted(rows.length));
    }
    for (int ticket : free) {
      rows[ticket] = new double[samples][];
      done[ticket] = 0;
    }
    return free;
  }

  private boolean isOpen(int ticket) {
    return rows[ticket] != FREE;
  }

  private double[][] rows(int ticket) {
    if (ticket < 0 || ticket >= rows.length || !isOpen(ticket)) {
      throw new IllegalArgumentException("no input is open under ticket " + ticket);
    }
    return rows[ticket];
  }

  /// The open inputs that have so many passes left, or more than that if these are `most`.
  int[] withLeft(int left, int most) {
    return IntStream.range(0, rows.length)
        .filter(i -> isOpen(i) && Math.min(most, samples - done[i]) == left)
        .toArray();
  }

  /// Passes of an input that have been run.
  int done(int ticket) {
    return done[ticket];
  }

  /// Adds the next passes of an input.
  void add(int ticket, double[][] next) {
    System.arraycopy(next, 0, rows(ticket), done[ticket], next.length);
    done[ticket] += next.length;
  }

  double[][] passes(int ticket) {
    return Arrays.copyOf(rows(ticket), done[ticket]);
  }

  void end(int ticket) {
    rows(ticket);
    rows[ticket] = FREE;
  }
}
