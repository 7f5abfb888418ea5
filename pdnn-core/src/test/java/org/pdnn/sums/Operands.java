package org.pdnn.sums;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.pdnn.random.Philox;

/// Weights and codes of a layer, drawn from a seed, and their sums in a way.
public final class Operands {
  private final Geometry geometry;
  private final int images;
  private final int most;
  private final byte[] weights;
  private final byte[] codes;

  private Operands(Geometry geometry, int images, int most) {
    this.geometry = geometry;
    this.images = images;
    this.most = most;
    this.weights = new byte[geometry.outputs() * geometry.fanIn()];
    this.codes = new byte[images * geometry.codes()];
  }

  public Geometry geometry() {
    return geometry;
  }

  public int images() {
    return images;
  }

  /// To be changed, before sums are computed.
  public byte[] weights() {
    return weights;
  }

  /// Of all images; to be changed, before sums are computed.
  public byte[] codes() {
    return codes;
  }

  /// Weights of -127..127 and codes of 0..most.
  public static Operands random(Geometry geometry, int images, int most, long seed) {
    Philox words = Philox.forPurpose(seed, "operands");
    Operands drawn = new Operands(geometry, images, most);
    for (int i = 0; i < drawn.weights.length; i++) {
      drawn.weights[i] = (byte) (Integer.remainderUnsigned(words.word(0, 0, i, 0), 255) - 127);
    }
    for (int i = 0; i < drawn.codes.length; i++) {
      drawn.codes[i] = (byte) Integer.remainderUnsigned(words.word(0, 1, i, 0), most + 1);
    }
    return drawn;
  }

  /// All weights and all codes alike.
  public static Operands constant(Geometry geometry, int images, int weight, int code) {
    Operands constant = new Operands(geometry, images, 255);
    Arrays.fill(constant.weights, (byte) weight);
    Arrays.fill(constant.codes, (byte) code);
    return constant;
  }

  /// All sums.
  public int[] sums(Sums way) {
    return sums(way.pack(geometry, most, weights));
  }

  /// All sums, of these packed weights.
  public int[] sums(PackedWeights packed) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment source = arena.allocateFrom(ValueLayout.JAVA_BYTE, codes);
      MemorySegment target = arena.allocate(ValueLayout.JAVA_INT, (long) images * geometry.sums());
      packed.summation(images, source, target).run();
      return target.toArray(ValueLayout.JAVA_INT);
    }
  }
}
