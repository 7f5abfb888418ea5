package org.pdnn.ising.dynamics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.pdnn.ising.IsingModel;

/// In which order a sweep updates the p-bits. They stand in blocks whose spins are not coupled: a
/// block may be updated at once, by as many p-bits as there are, and gives the same states as one
/// after the other.
public final class UpdateOrder {
  private final int[] spins;

  /// Where each block begins, and at last where they end.
  private final int[] starts;

  private UpdateOrder(int[] spins, int[] starts) {
    this.spins = spins;
    this.starts = starts;
  }

  /// Spin after spin, each a block of its own.
  public static UpdateOrder sequential(IsingModel model) {
    return new UpdateOrder(
        IntStream.range(0, model.size()).toArray(),
        IntStream.rangeClosed(0, model.size()).toArray());
  }

  /// Colour after colour, by a colouring of the graph of the couplings: few colours, two for a
  /// lattice. The most frequent colour comes first; within it spins ascend.
  public static UpdateOrder coloured(IsingModel model) {
    int[] colours = Colouring.of(model);
    int[] counts = new int[1 + Arrays.stream(colours).max().orElseThrow()];
    for (int colour : colours) {
      counts[colour]++;
    }
    int[] frequent =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(colour -> -counts[colour]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] next = new int[counts.length];
    int[] starts = new int[counts.length + 1];
    for (int block = 0; block < frequent.length; block++) {
      next[frequent[block]] = starts[block];
      starts[block + 1] = starts[block] + counts[frequent[block]];
    }
    int[] spins = new int[colours.length];
    for (int spin = 0; spin < colours.length; spin++) {
      spins[next[colours[spin]]++] = spin;
    }
    return new UpdateOrder(spins, starts);
  }

  /// Number of blocks: of colours, or of spins.
  public int blocks() {
    return starts.length - 1;
  }

  /// The position at which a block begins.
  ///
  /// @param block 0 to [#blocks], which gives where the last one ends
  public int start(int block) {
    return starts[block];
  }

  /// Number of spins.
  public int size() {
    return spins.length;
  }

  /// The spin that is updated at a position.
  public int spin(int position) {
    return spins[position];
  }
}
