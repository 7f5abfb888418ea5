package org.pdnn.sums;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.pdnn.names.Limits;

/// Weights and their sums in plain Java: the codes under the kernel are gathered once for all
/// outputs of a pixel. The compiler makes vectors of the innermost loop.
final class ScalarWeights implements PackedWeights {
  private final Geometry geometry;
  private final int fanIn;
  private final int columns;
  private final int[] weights;

  ScalarWeights(Geometry geometry, int most, byte[] weights) {
    geometry.require(most, weights);
    this.geometry = geometry;
    this.fanIn = geometry.fanIn();
    this.columns = geometry.outputColumns();
    this.weights = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      this.weights[i] = weights[i];
    }
  }

  @Override
  public Summation summation(int images, MemorySegment source, MemorySegment target) {
    Limits.atLeast("images", 1, images);
    MemorySegment codes = source.asSlice(0, (long) images * geometry.codes());
    MemorySegment sums = target.asSlice(0, (long) images * geometry.sums() * Integer.BYTES);
    byte[] image = new byte[geometry.codes()];
    int[] written = new int[geometry.sums()];
    int[] gathered = new int[fanIn];
    return () -> {
      for (long i = 0; i < images; i++) {
        MemorySegment.copy(codes, ValueLayout.JAVA_BYTE, i * image.length, image, 0, image.length);
        sum(image, gathered, written);
        long at = i * written.length * Integer.BYTES;
        MemorySegment.copy(written, 0, sums, ValueLayout.JAVA_INT, at, written.length);
      }
    };
  }

  private void sum(byte[] image, int[] gathered, int[] sums) {
    int outputs = geometry.outputs() / geometry.groups();
    for (int at = 0; at < sums.length; at += outputs) {
      int pixel = at / geometry.outputs();
      int first = at % geometry.outputs();
      gather(image, pixel / columns, pixel % columns, first / outputs, gathered);
      for (int output = 0; output < outputs; output++) {
        sums[at + output] = sum(gathered, (first + output) * fanIn);
      }
    }
  }

  /// The codes of a group that a pixel's kernel reads, zeros outside the image.
  private void gather(byte[] image, int row, int column, int group, int[] gathered) {
    int channels = geometry.channels() / geometry.groups();
    int across = geometry.window().columns().kernel();
    for (int at = 0; at < fanIn; at += channels) {
      int tap = at / channels;
      int pixel = geometry.read(row, column, tap / across, tap % across);
      int from = pixel * geometry.channels() + group * channels;
      for (int channel = 0; channel < channels; channel++) {
        gathered[at + channel] = pixel < 0 ? 0 : image[from + channel] & 0xff;
      }
    }
  }

  private int sum(int[] codes, int at) {
    int sum = 0;
    for (int i = 0; i < codes.length; i++) {
      sum += codes[i] * weights[at + i];
    }
    return sum;
  }
}
