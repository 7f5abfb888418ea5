package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;

/// Which chain, a pass of an input, lies in which lane.
///
/// Lanes hold sixteen inputs in the same pass, or sixteen passes of the same input, whichever needs
/// fewer groups. Groups whose lanes hold the same inputs are a family. Lanes that are left over
/// repeat an address; nobody reads them.
///
/// @param inputs inputs of the block
/// @param from the first pass
/// @param to after the last pass
/// @param byInput whether lanes hold inputs
record Lanes(int inputs, int from, int to, boolean byInput) {

  static Lanes of(int inputs, int from, int to) {
    long byInput = (long) Math.ceilDiv(inputs, LANES) * (to - from);
    long bySample = (long) inputs * Math.ceilDiv(to - from, LANES);
    return new Lanes(inputs, from, to, byInput <= bySample);
  }

  int families() {
    return byInput ? Math.ceilDiv(inputs, LANES) : inputs;
  }

  /// Groups of a family.
  int groups() {
    return byInput ? to - from : Math.ceilDiv(to - from, LANES);
  }

  int input(int family, int lane) {
    return byInput ? Math.min(inputs - 1, family * LANES + lane) : family;
  }

  int sample(int group, int lane) {
    return byInput ? from + group : Math.min(to - 1, from + group * LANES + lane);
  }

  /// Whether a lane holds a chain of its own.
  boolean used(int family, int group, int lane) {
    return byInput ? family * LANES + lane < inputs : from + group * LANES + lane < to;
  }
}
