package org.pdnn.sampling.pbits;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// The definition, a unit at a time.
final class ScalarPBits implements PBits {
  @Override
  public String name() {
    return "scalar";
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
    int outputs = affine.outputs();
    for (int pool = 0; pool < pools; pool++) {
      for (int o = 0; o < outputs; o++) {
        short greatest = Short.MIN_VALUE;
        for (long member : members) {
          long offset = pool * step + member;
          int sum = sums.getAtIndex(JAVA_INT, from + offset + o);
          int at = pixel + (int) (offset / outputs);
          greatest = (short) Math.max(greatest, affine.clamped(at, o, sum));
        }
        target.setAtIndex(JAVA_SHORT, to + (long) pool * outputs + o, greatest);
      }
    }
  }

  @Override
  public void thresholds(Threshold curve, MemorySegment units, long from, int n) {
    for (long at = from; at < from + n; at++) {
      units.setAtIndex(JAVA_SHORT, at, (short) curve.of(units.getAtIndex(JAVA_SHORT, at)));
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
    for (int pool = 0; pool < pools; pool++) {
      for (int c = 0; c < channels; c++) {
        int any = 0;
        for (long member : members) {
          any = Threshold.either(any, threshold(thresholds, from + pool * step + member + c));
        }
        target.setAtIndex(JAVA_SHORT, to + (long) pool * channels + c, (short) any);
      }
    }
  }

  @Override
  public Words words(
      RandomWords source, Scheme scheme, int samples, int layer, int units, int slots) {
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
      short[] draws = words.draw(pass, chunk, units);
      for (int i = 0; i < units; i++) {
        boolean up = draws[i] < threshold(thresholds, from + chunk + i);
        codes.set(JAVA_BYTE, to + chunk + i, (byte) (up ? 1 : 0));
      }
    }
  }

  @Override
  public void fire(Pass pass, int least, int from, MemorySegment means, MemorySegment bits) {
    for (int i = 0; i < means.byteSize() / Float.BYTES; i++) {
      boolean up = pass.number(from + i, least) < means.getAtIndex(JAVA_FLOAT, i);
      bits.setAtIndex(JAVA_FLOAT, i, up ? 1f : (float) least);
    }
  }

  @Override
  public void uniform(Pass pass, int from, MemorySegment numbers) {
    for (int i = 0; i < numbers.byteSize() / Float.BYTES; i++) {
      numbers.setAtIndex(JAVA_FLOAT, i, pass.number(from + i, 0));
    }
  }

  private static int threshold(MemorySegment thresholds, long at) {
    return Short.toUnsignedInt(thresholds.getAtIndex(JAVA_SHORT, at));
  }
}
