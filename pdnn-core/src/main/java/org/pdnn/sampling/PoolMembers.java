package org.pdnn.sampling;

import java.util.Arrays;
import org.pdnn.integer.Values;
import org.pdnn.network.Window;

/// Which units of an image lie under a window.
final class PoolMembers {
  private PoolMembers() {}

  /// The units of a channel that an output reads, row by row, without the padding.
  static int[] of(Window window, Values in, int row, int column, int channel) {
    int[] members = new int[Math.toIntExact(window.size())];
    int count = 0;
    for (int ky = 0; ky < window.rows().kernel(); ky++) {
      for (int kx = 0; kx < window.columns().kernel(); kx++) {
        int y = window.rows().read(row, ky);
        int x = window.columns().read(column, kx);
        if (y >= 0 && y < in.rows() && x >= 0 && x < in.columns()) {
          members[count++] = (y * in.columns() + x) * in.channels() + channel;
        }
      }
    }
    return Arrays.copyOf(members, count);
  }
}
