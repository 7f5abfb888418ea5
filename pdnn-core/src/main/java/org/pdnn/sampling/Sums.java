package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.List;
import org.pdnn.sampling.kernel.Kernel;

/// The sums of a block of outputs at some positions: which are wanted, then all at once.
final class Sums {
  /// Positions whose sums are computed together, unless a pool has more pixels.
  static final int MOST_POSITIONS = 16;

  private final Kernel kernel;
  private final int[] tables;
  private final int[] positions;
  private final int[] sums;
  private int wanted;

  /// Scratch memory for any of these layers.
  Sums(Kernel kernel, List<HiddenStage> stages) {
    this.kernel = kernel;
    int tableSize = stages.stream().mapToInt(stage -> stage.weights.tableSize()).max().orElse(0);
    int members = stages.stream().mapToInt(stage -> stage.members).max().orElse(1);
    this.tables = new int[tableSize];
    this.positions = new int[Math.max(MOST_POSITIONS, members + 1)];
    this.sums = new int[positions.length * TILE / 2];
  }

  /// Turns to a block of outputs.
  void block(HiddenStage stage, int block) {
    kernel.expand(stage.weights, block, tables);
  }

  /// Adds a position to those that are wanted.
  void want(int position) {
    positions[wanted++] = position;
  }

  /// The sums at the wanted positions, a half tile each in their order, until the next call.
  ///
  /// @param block that was turned to
  int[] at(HiddenStage stage, int block, int[] bits) {
    // Kernels take an even number.
    if (wanted % 2 == 1) {
      want(positions[wanted - 1]);
    }
    kernel.sums(stage.weights, block, tables, bits, positions, wanted, sums);
    wanted = 0;
    return sums;
  }
}
