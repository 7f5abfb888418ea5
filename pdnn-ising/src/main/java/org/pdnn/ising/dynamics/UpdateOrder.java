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

  /// Where each block ends.
  private final int[] ends;

  private UpdateOrder(int[] spins, int[] ends) {
    this.spins = spins;
    this.ends = ends;
  }

  /// Spin after spin, each a block of its own.
  public static UpdateOrder sequential(IsingModel model) {
    return new UpdateOrder(
        IntStream.range(0, model.size()).toArray(),
        IntStream.rangeClosed(1, model.size()).toArray());
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
    int[] ends = new int[counts.length];
    int end = 0;
    for (int block = 0; block < frequent.length; block++) {
      next[frequent[block]] = end;
      end += counts[frequent[block]];
      ends[block] = end;
    }
    int[] spins = new int[colours.length];
    for (int spin = 0; spin < colours.length; spin++) {
      spins[next[colours[spin]]++] = spin;
    }
    return new UpdateOrder(spins, ends);
  }

  /// Number of blocks: of colours, or of spins.
  public int blocks() {
    return ends.length;
  }

  /// The position after the last of a block.
  public int end(int block) {
    return ends[block];
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
