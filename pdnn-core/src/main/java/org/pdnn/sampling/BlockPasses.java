package org.pdnn.sampling;

/// The passes of a block of inputs, to be had piece by piece. Pass t has the same bits however the
/// pieces are cut, whichever inputs take part, and as in a run of any T above t.
@FunctionalInterface
public interface BlockPasses {
  /// The outputs of the passes from `from` to `to` - 1 of some inputs.
  ///
  /// @param which inputs of the block
  /// @return by place in `which`, pass less `from`, and output
  double[][][] range(int[] which, int from, int to);
}
