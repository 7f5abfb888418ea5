package org.pdnn.sampling;

import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Threshold;
import org.pdnn.network.LastHidden;

/// Which nodes of a network in integers give codes in units of 2^-15 in a run: none where the last
/// p-bits hand on bits. Expectations are multiples of that unit, so nothing is rounded.
final class Expectations {
  private final int pbits;
  private final boolean[] nodes;

  private Expectations(int pbits, boolean[] nodes) {
    this.pbits = pbits;
    this.nodes = nodes;
  }

  /// @throws IllegalArgumentException if the run averages layer by layer, or wants expectations
  ///   that the network cannot hand on
  static Expectations of(IntegerNetwork network, Run run) {
    if (run.averaging() != Averaging.END) {
      throw new IllegalArgumentException("averaging layer by layer has no integer form");
    }
    if (run.last() == LastHidden.BITS || !network.random()) {
      return new Expectations(-1, new boolean[network.nodes().size()]);
    }
    if (!network.expects()) {
      throw new IllegalArgumentException(
          "expectations have no integer form where more than sums, means and the last weights read"
              + " the last p-bits");
    }
    return new Expectations(network.lastPBits(), network.expectant());
  }

  /// Whether a node gives codes in units of 2^-15.
  boolean in(int node) {
    return node >= 0 && nodes[node];
  }

  /// By how many bits codes of one node are shifted as another reads them: those that are added to
  /// expectations are brought to their unit.
  int shift(int from, int reader) {
    return reader != pbits && in(reader) && !in(from) ? Threshold.BITS : 0;
  }
}
