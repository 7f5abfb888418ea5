package org.pdnn.sampling;

import java.util.Arrays;

/// Inputs that are sampled together, piece by piece: each may begin at any time, be looked at after
/// any number of passes, and end before all T are run.
///
/// Pass t of an input has the same bits whenever it is run, whatever other inputs take part, and as
/// in a run of any T above t.
public interface Session {
  /// Begins inputs.
  ///
  /// @param addresses of the inputs, for the random words
  /// @return a ticket for each
  /// @throws IllegalStateException if more inputs would be open than the session has room for
  int[] begin(float[][] inputs, long[] addresses);

  /// Runs the next passes of every open input, as far as T.
  ///
  /// @param passes at least 1
  void advance(int passes);

  /// The outputs of the passes of an open input so far, one row each.
  double[][] passes(int ticket);

  /// Ends an input, whose ticket may be given to another.
  void end(int ticket);

  /// What is known of an open input so far: mean, spread, class, and how settled that is.
  default Answer answer(int ticket) {
    return Answer.of(passes(ticket), true);
  }

  /// Runs the passes of some inputs until a rule stops each of them.
  ///
  /// @param inputs as many as there is room for
  /// @param addresses of the inputs, for the random words
  /// @return the passes that were run, by input and pass
  default double[][][] until(StopRule rule, float[][] inputs, long[] addresses) {
    double[][][] passes = new double[inputs.length][][];
    int[] tickets = begin(inputs, addresses);
    int[] open = new int[inputs.length];
    Arrays.setAll(open, i -> i);
    int done = 0;
    while (open.length > 0) {
      int next = Math.min(rule.longest(), Math.max(rule.first(), 2 * done));
      advance(next - done);
      done = next;
      for (int i : open) {
        passes[i] = passes(tickets[i]);
      }
      open = Arrays.stream(open).filter(i -> !ended(rule, tickets[i], passes[i])).toArray();
    }
    return passes;
  }

  private boolean ended(StopRule rule, int ticket, double[][] passes) {
    boolean settled = rule.settled(passes);
    if (settled) {
      end(ticket);
    }
    return settled;
  }
}
