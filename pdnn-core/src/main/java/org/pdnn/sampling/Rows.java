package org.pdnn.sampling;

import org.pdnn.sampling.IntegerProgram.Turn;

/// Rows of a matrix in work: the same number of passes of some inputs, input by input.
///
/// @param wanted whose passes they are
/// @param first the first input, by place among those wanted
/// @param inputs how many
/// @param done passes of each that other rows have
/// @param passes of each
record Rows(Wanted wanted, Turn turn, int first, int inputs, int done, int passes) {
  /// What is wanted of a machine.
  static final class Wanted {
    private final int[] slots;
    private final int[] from;
    private final long[] addresses;

    /// @param slots inputs, by their place in the machine
    /// @param from the first pass of each
    /// @param addresses of each
    Wanted(int[] slots, int[] from, long[] addresses) {
      this.slots = slots;
      this.from = from;
      this.addresses = addresses;
    }

    int inputs() {
      return slots.length;
    }
  }

  int count() {
    return inputs * passes;
  }

  /// The input of a row, by place among those wanted.
  int input(int row) {
    return first + row / passes;
  }

  int slot(int row) {
    return wanted.slots[input(row)];
  }

  long address(int row) {
    return wanted.addresses[input(row)];
  }

  int pass(int row) {
    return wanted.from[input(row)] + done + row % passes;
  }

  /// Some of the rows.
  ///
  /// @param from the first input, less that of these
  /// @param before passes of each, less those that others have
  Rows part(Turn of, int from, int count, int before, int some) {
    return new Rows(wanted, of, first + from, count, done + before, some);
  }
}
