package org.pdnn.sampling.pbits;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.integer.Affine;

/// Pre-activations of the outputs of a pixel side by side: two vectors of sums become one of
/// shorts.
final class AffineLanes {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int WIDTH = SHORTS.length();
  private static final int HALF = INTS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Brings the even lanes to the lower half and the odd ones to the upper.
  private static final ShortVector UNZIP = ShortVector.fromArray(SHORTS, lanes(), 0);

  private AffineLanes() {}

  private static short[] lanes() {
    short[] lanes = new short[WIDTH];
    for (int lane = 0; lane < WIDTH; lane++) {
      lanes[lane] = (short) (lane < HALF ? 2 * lane : 2 * (lane - HALF) + 1);
    }
    return lanes;
  }

  /// See [PBits#greatest]; all pixels have the same biases. M is not negative, so the greatest sum
  /// has the greatest pre-activation.
  static void greatest(
      Affine affine,
      MemorySegment sums,
      long from,
      long[] members,
      int pools,
      long step,
      MemorySegment target,
      long to) {
    int[] integers = affine.blocks(WIDTH);
    IntVector r = IntVector.broadcast(INTS, affine.preShift());
    int outputs = affine.outputs();
    // Where vectors end with pools, pools share what is loaded for their outputs.
    int together = outputs % WIDTH == 0 ? pools : 1;
    for (int first = 0; first < pools; first += together) {
      for (int o = 0, block = 0; o < outputs; o += WIDTH, block += 3 * WIDTH) {
        IntVector lowerM = IntVector.fromArray(INTS, integers, block);
        IntVector upperM = IntVector.fromArray(INTS, integers, block + HALF);
        IntVector lowerS = IntVector.fromArray(INTS, integers, block + WIDTH);
        IntVector upperS = IntVector.fromArray(INTS, integers, block + WIDTH + HALF);
        IntVector lowerB = IntVector.fromArray(INTS, integers, block + 2 * WIDTH);
        IntVector upperB = IntVector.fromArray(INTS, integers, block + 2 * WIDTH + HALF);
        for (int i = first; i < first + together; i++) {
          long pool = from + i * step + o;
          IntVector lower = IntVector.broadcast(INTS, Integer.MIN_VALUE);
          IntVector upper = lower;
          for (long member : members) {
            long source = (pool + member) * Integer.BYTES;
            lower = IntVector.fromMemorySegment(INTS, sums, source, ORDER).max(lower);
            upper =
                IntVector.fromMemorySegment(INTS, sums, source + INTS.vectorByteSize(), ORDER)
                    .max(upper);
          }
          shorts(
                  lower.lanewise(ASHR, r).mul(lowerM).add(lowerB).lanewise(ASHR, lowerS),
                  upper.lanewise(ASHR, r).mul(upperM).add(upperB).lanewise(ASHR, upperS))
              .intoMemorySegment(target, (to + (long) i * outputs + o) * Short.BYTES, ORDER);
        }
      }
    }
  }

  /// See [PBits#greatest]; each pixel has biases of its own.
  static void greatestByPixel(
      Affine affine,
      int pixel,
      MemorySegment sums,
      long from,
      long[] members,
      int pools,
      long step,
      MemorySegment target,
      long to) {
    int[] integers = affine.blocks(WIDTH);
    IntVector r = IntVector.broadcast(INTS, affine.preShift());
    int outputs = affine.outputs();
    int perPixel = Math.ceilDiv(outputs, WIDTH) * 3 * WIDTH;
    for (int i = 0; i < pools; i++) {
      for (int o = 0; o < outputs; o += WIDTH) {
        IntVector lower = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        IntVector upper = lower;
        for (long member : members) {
          long offset = i * step + member;
          int m = (pixel + (int) (offset / outputs)) * perPixel + 3 * o;
          int s = m + WIDTH;
          int b = s + WIDTH;
          long source = (from + offset + o) * Integer.BYTES;
          lower =
              IntVector.fromMemorySegment(INTS, sums, source, ORDER)
                  .lanewise(ASHR, r)
                  .mul(IntVector.fromArray(INTS, integers, m))
                  .add(IntVector.fromArray(INTS, integers, b))
                  .lanewise(ASHR, IntVector.fromArray(INTS, integers, s))
                  .max(lower);
          upper =
              IntVector.fromMemorySegment(INTS, sums, source + INTS.vectorByteSize(), ORDER)
                  .lanewise(ASHR, r)
                  .mul(IntVector.fromArray(INTS, integers, m + HALF))
                  .add(IntVector.fromArray(INTS, integers, b + HALF))
                  .lanewise(ASHR, IntVector.fromArray(INTS, integers, s + HALF))
                  .max(upper);
        }
        shorts(lower, upper)
            .intoMemorySegment(target, (to + (long) i * outputs + o) * Short.BYTES, ORDER);
      }
    }
  }

  /// Two vectors of ints clamped to 16 bits, in their order.
  private static ShortVector shorts(IntVector lower, IntVector upper) {
    IntVector even = lower.max(Short.MIN_VALUE).min(Short.MAX_VALUE).and(0xFFFF);
    IntVector odd = upper.max(Short.MIN_VALUE).min(Short.MAX_VALUE).lanewise(LSHL, 16);
    return UNZIP.selectFrom(even.or(odd).reinterpretAsShorts());
  }
}
