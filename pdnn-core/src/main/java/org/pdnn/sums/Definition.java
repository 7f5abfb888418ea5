package org.pdnn.sums;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One sum, as it is defined: the codes under the kernel times its weights.
final class Definition {
  private final Geometry geometry;
  private final byte[] weights;

  /// @param weights in the order output, kernel row, kernel column, channel of its group
  Definition(Geometry geometry, byte[] weights) {
    this.geometry = geometry;
    this.weights = weights;
  }

  /// The sum of an output at a pixel of the image that is written.
  ///
  /// @param codes of an image, unsigned
  int sum(MemorySegment codes, int row, int column, int output) {
    int channels = geometry.channels() / geometry.groups();
    int first = output / (geometry.outputs() / geometry.groups()) * channels;
    int weight = output * geometry.fanIn();
    int sum = 0;
    for (int down = 0; down < geometry.window().rows().kernel(); down++) {
      for (int across = 0; across < geometry.window().columns().kernel(); across++) {
        int pixel = geometry.read(row, column, down, across);
        for (int channel = 0; channel < channels; channel++) {
          if (pixel >= 0) {
            long place = (long) pixel * geometry.channels() + first + channel;
            sum += Byte.toUnsignedInt(codes.get(ValueLayout.JAVA_BYTE, place)) * weights[weight];
          }
          weight++;
        }
      }
    }
    return sum;
  }
}
