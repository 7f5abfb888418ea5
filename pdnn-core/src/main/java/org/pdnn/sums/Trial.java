package org.pdnn.sums;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A product of a library, tried on codes without a period: some of its sums are computed here one
/// by one, at places spread over all pixels and outputs.
///
/// @param most the greatest code
record Trial(Geometry geometry, int most, int images) {
  /// Products of a code and a weight that are computed here: milliseconds.
  private static final long WORK = 1_000_000;

  /// Bytes after the sums, which a product must leave alone.
  private static final int GUARD = 256;

  private static final byte UNTOUCHED = 0x55;

  /// The golden ratio, times 2^32.
  private static final int GOLDEN = 0x9E3779B9;

  /// Whether the library is right.
  boolean passes(PackedWeights packed, byte[] weights) {
    try (Arena arena = Arena.ofConfined()) {
      long codes = geometry.codes();
      MemorySegment source = arena.allocate(images * codes + GUARD);
      for (long i = 0; i < images * codes; i++) {
        source.set(ValueLayout.JAVA_BYTE, i, code(i));
      }
      long bytes = (long) images * geometry.sums() * Integer.BYTES;
      MemorySegment target = arena.allocate(bytes + GUARD, Integer.BYTES);
      target.fill(UNTOUCHED);
      packed.summation(images, source, target).run();
      MemorySegment guard = target.asSlice(bytes);
      return guard.mismatch(arena.allocate(GUARD).fill(UNTOUCHED)) < 0
          && isRight(weights, source, target.asSlice(0, bytes));
    }
  }

  private byte code(long index) {
    int fraction = ((int) index * GOLDEN) >>> Short.SIZE;
    return (byte) ((fraction * (most + 1)) >>> Short.SIZE);
  }

  private boolean isRight(byte[] weights, MemorySegment source, MemorySegment target) {
    int sums = geometry.sums();
    int columns = geometry.outputColumns();
    long all = (long) images * sums;
    long step = step(all);
    for (long i = (all - 1) % step; i < all; i += step) {
      MemorySegment image = source.asSlice(i / sums * geometry.codes(), geometry.codes());
      int place = (int) (i % sums);
      int pixel = place / geometry.outputs();
      long sum =
          geometry.sum(
              pixel / columns,
              pixel % columns,
              place % geometry.outputs(),
              at -> Byte.toUnsignedInt(image.get(ValueLayout.JAVA_BYTE, at)),
              at -> weights[at]);
      if (target.getAtIndex(ValueLayout.JAVA_INT, i) != sum) {
        return false;
      }
    }
    return true;
  }

  /// From one sum that is computed here to the next, the last of all among them: every output has
  /// its turn.
  private long step(long all) {
    long step = Math.max(1, all / Math.max(1, WORK / geometry.fanIn()));
    while (step > 1 && greatestDivisor(step, geometry.outputs()) > 1) {
      step++;
    }
    return step;
  }

  private static long greatestDivisor(long a, long b) {
    return b == 0 ? a : greatestDivisor(b, a % b);
  }
}
