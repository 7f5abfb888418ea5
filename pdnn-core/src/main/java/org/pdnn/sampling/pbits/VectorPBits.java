package org.pdnn.sampling.pbits;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// A vector of units at a time, as wide as the machine's. Loops are whole, even where they repeat
/// themselves: a helper that the compiler leaves out of line allocates its vectors.
final class VectorPBits implements PBits {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> HALF_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final short[] BASES = shorts(Threshold.bases());
  private static final short[] SLOPES = shorts(Threshold.slopes());

  private static short[] shorts(int[] values) {
    short[] shorts = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      shorts[i] = (short) values[i];
    }
    return shorts;
  }

  @Override
  public String name() {
    return "vector" + SHORTS.vectorBitSize();
  }

  @Override
  public void greatest(
      Affine affine,
      int pixel,
      MemorySegment sums,
      long from,
      long[] members,
      int pools,
      long step,
      MemorySegment target,
      long to) {
    if (affine.byPixel()) {
      AffineLanes.greatestByPixel(affine, pixel, sums, from, members, pools, step, target, to);
    } else {
      AffineLanes.greatest(affine, sums, from, members, pools, step, target, to);
    }
  }

  @Override
  public void thresholds(Threshold curve, MemorySegment units, long from, int n) {
    switch (curve) {
      case SIGMOID -> sigmoid(Threshold.CERTAIN, 1, units, from, n);
      case TANH -> sigmoid(Threshold.CERTAIN / 2 + 1, 2, units, from, n);
      case CLIP -> clip(units, from, n);
    }
  }

  private static void sigmoid(int most, int factor, MemorySegment units, long from, int n) {
    for (int unit = 0; unit < n; unit += SHORTS.length()) {
      long at = (from + unit) * Short.BYTES;
      ShortVector i = ShortVector.fromMemorySegment(SHORTS, units, at, ORDER);
      ShortVector sign = i.lanewise(VectorOperators.ASHR, 15);
      ShortVector a =
          i.max((short) -most)
              .min((short) most)
              .lanewise(VectorOperators.ABS)
              .mul((short) factor)
              .min((short) Threshold.CERTAIN);
      ShortVector segment = a.lanewise(VectorOperators.LSHR, 8);
      ShortVector base;
      ShortVector slope;
      if (SHORTS.length() == 32) {
        base = segment.selectFrom(ShortVector.fromArray(SHORTS, BASES, 0));
        slope = segment.selectFrom(ShortVector.fromArray(SHORTS, SLOPES, 0));
      } else if (SHORTS.length() == 16) {
        base =
            segment.selectFrom(
                ShortVector.fromArray(SHORTS, BASES, 0), ShortVector.fromArray(SHORTS, BASES, 16));
        slope =
            segment.selectFrom(
                ShortVector.fromArray(SHORTS, SLOPES, 0),
                ShortVector.fromArray(SHORTS, SLOPES, 16));
      } else {
        base =
            segment
                .selectFrom(
                    ShortVector.fromArray(SHORTS, BASES, 0),
                    ShortVector.fromArray(SHORTS, BASES, 8))
                .blend(
                    segment.selectFrom(
                        ShortVector.fromArray(SHORTS, BASES, 16),
                        ShortVector.fromArray(SHORTS, BASES, 24)),
                    segment.compare(VectorOperators.GE, (short) 16));
        slope =
            segment
                .selectFrom(
                    ShortVector.fromArray(SHORTS, SLOPES, 0),
                    ShortVector.fromArray(SHORTS, SLOPES, 8))
                .blend(
                    segment.selectFrom(
                        ShortVector.fromArray(SHORTS, SLOPES, 16),
                        ShortVector.fromArray(SHORTS, SLOPES, 24)),
                    segment.compare(VectorOperators.GE, (short) 16));
      }
      a.and((short) 255)
          .mul(slope)
          .lanewise(VectorOperators.LSHR, 5)
          .add(base)
          .lanewise(VectorOperators.XOR, sign)
          .sub(sign)
          .add((short) (Threshold.ONE / 2))
          .intoMemorySegment(units, at, ORDER);
    }
  }

  private static void clip(MemorySegment units, long from, int n) {
    for (int unit = 0; unit < n; unit += SHORTS.length()) {
      long at = (from + unit) * Short.BYTES;
      ShortVector.fromMemorySegment(SHORTS, units, at, ORDER)
          .max((short) 0)
          .min((short) (1 << Affine.FRACTION_BITS))
          .lanewise(VectorOperators.LSHL, 5)
          .intoMemorySegment(units, at, ORDER);
    }
  }

  @Override
  public void any(
      MemorySegment thresholds,
      long from,
      long[] members,
      int pools,
      long step,
      int channels,
      MemorySegment target,
      long to) {
    ShortVector one = ShortVector.broadcast(SHORTS, (short) Threshold.ONE);
    int vectors = pools * Math.ceilDiv(channels, SHORTS.length());
    long pool = from;
    long at = to;
    int c = 0;
    for (int vector = 0; vector < vectors; vector++) {
      long unit = pool + c;
      ShortVector down =
          one.sub(
              ShortVector.fromMemorySegment(
                  SHORTS, thresholds, (unit + members[0]) * Short.BYTES, ORDER));
      // Even and odd units in lanes of 32 bits, which hold the products.
      IntVector even = down.reinterpretAsInts().and(0xFFFF);
      IntVector odd = down.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16);
      for (int member = 1; member < members.length; member++) {
        IntVector factors =
            one.sub(
                    ShortVector.fromMemorySegment(
                        SHORTS, thresholds, (unit + members[member]) * Short.BYTES, ORDER))
                .reinterpretAsInts();
        even =
            factors
                .and(0xFFFF)
                .mul(even)
                .add(Threshold.ONE / 2)
                .lanewise(VectorOperators.LSHR, Threshold.BITS);
        odd =
            factors
                .lanewise(VectorOperators.LSHR, 16)
                .mul(odd)
                .add(Threshold.ONE / 2)
                .lanewise(VectorOperators.LSHR, Threshold.BITS);
      }
      one.sub(odd.lanewise(VectorOperators.LSHL, 16).or(even).reinterpretAsShorts())
          .intoMemorySegment(target, at * Short.BYTES, ORDER);
      at += SHORTS.length();
      c += SHORTS.length();
      if (c >= channels) {
        at -= c - channels;
        c = 0;
        pool += step;
      }
    }
  }

  @Override
  public Words words(
      RandomWords source, Scheme scheme, int samples, int layer, int units, int slots) {
    if (source instanceof Philox philox && scheme != Scheme.STRATIFIED) {
      return scheme == Scheme.SCRAMBLED
          ? new ScrambledWords(philox, layer, units, slots)
          : new FreshWords(philox, scheme, layer);
    }
    return new DefinedWords(scheme.over(source, samples), layer);
  }

  @Override
  public void fire(
      MemorySegment thresholds,
      long from,
      Words words,
      int pass,
      int n,
      MemorySegment codes,
      long to) {
    for (int chunk = 0; chunk < n; chunk += Words.CHUNK) {
      int units = Math.min(Words.CHUNK, n - chunk);
      compare(words.draw(pass, chunk, units), thresholds, from + chunk, units, codes, to + chunk);
    }
  }

  @Override
  public void fire(Pass pass, int least, int from, MemorySegment means, MemorySegment bits) {
    new RealLanes(pass).fire(least, from, means, bits);
  }

  @Override
  public void uniform(Pass pass, int from, MemorySegment numbers) {
    new RealLanes(pass).uniform(from, numbers);
  }

  private static void compare(
      short[] draws, MemorySegment thresholds, long from, int n, MemorySegment codes, long to) {
    for (int i = 0; i < n; i += SHORTS.length()) {
      // Draw less threshold is a number of 16 bits, negative where the bit is up.
      ShortVector.fromArray(SHORTS, draws, i)
          .sub(ShortVector.fromMemorySegment(SHORTS, thresholds, (from + i) * Short.BYTES, ORDER))
          .lanewise(VectorOperators.LSHR, 15)
          .convertShape(VectorOperators.S2B, HALF_BYTES, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(codes, to + i, ORDER);
    }
  }
}
