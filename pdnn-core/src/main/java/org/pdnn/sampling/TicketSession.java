package org.pdnn.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A session that knows what has been run of each input.
abstract class TicketSession implements Session {
  private static final double[][] FREE = {};

  private final int samples;

  /// By ticket and pass.
  private final double[][][] rows;

  private final int[] done;

  /// @param most inputs that may be open at once
  /// @param samples T
  TicketSession(int most, int samples) {
    this.rows = new double[most][][];
    Arrays.fill(rows, FREE);
    this.done = new int[most];
    this.samples = samples;
  }

  /// Takes in inputs, by their tickets.
  abstract void begin(int[] tickets, float[][] inputs, long[] addresses);

  /// The next passes of some inputs, by ticket and pass.
  ///
  /// @param from the first pass of each
  abstract double[][][] run(int[] tickets, int[] from, int passes);

  @Override
  public final int[] begin(float[][] inputs, long[] addresses) {
    int[] free =
        IntStream.range(0, rows.length).filter(i -> !isOpen(i)).limit(inputs.length).toArray();
    if (free.length < inputs.length) {
      throw new IllegalStateException(
          "the session has room for %s inputs; end some before more begin".formatted(rows.length));
    }
    for (int ticket : free) {
      rows[ticket] = new double[samples][];
      done[ticket] = 0;
    }
    begin(free, inputs, addresses);
    return free;
  }

  /// Inputs with as many passes left go together.
  @Override
  public final void advance(int passes) {
    for (int left = 1; left <= passes; left++) {
      int next = left;
      int[] tickets =
          IntStream.range(0, rows.length)
              .filter(i -> isOpen(i) && Math.min(passes, samples - done[i]) == next)
              .toArray();
      if (tickets.length > 0) {
        int[] from = Arrays.stream(tickets).map(ticket -> done[ticket]).toArray();
        double[][][] outputs = run(tickets, from, left);
        for (int i = 0; i < tickets.length; i++) {
          System.arraycopy(outputs[i], 0, rows[tickets[i]], from[i], left);
          done[tickets[i]] += left;
        }
      }
    }
  }

  private boolean isOpen(int ticket) {
    return rows[ticket] != FREE;
  }

  private double[][] open(int ticket) {
    if (ticket < 0 || ticket >= rows.length || !isOpen(ticket)) {
      throw new IllegalArgumentException("no input is open under ticket " + ticket);
    }
    return rows[ticket];
  }

  @Override
  public final double[][] passes(int ticket) {
    return Arrays.copyOf(open(ticket), done[ticket]);
  }

  @Override
  public final void end(int ticket) {
    open(ticket);
    rows[ticket] = FREE;
  }
}
