package org.pdnn.sampling;

/// The passes of one input, to be had piece by piece, in order and each once. Pass t has the same
/// bits however the pieces are cut, and as in a run of any T above t.
@FunctionalInterface
public interface Passes {
  /// The outputs of the passes from `from` to `to` - 1, one row each.
  ///
  /// @param from where the last piece ended; 0 at first
  /// @param to above `from`, and at most T of the run
  double[][] range(int from, int to);
}
