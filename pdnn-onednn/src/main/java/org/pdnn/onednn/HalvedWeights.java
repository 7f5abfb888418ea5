package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.Summation;

/// Weights as the sums of two halves, each so small that no two products of theirs exceed 16 bits.
///
/// @param lower -64..63
/// @param upper -63..64
record HalvedWeights(Geometry geometry, OneDnnWeights lower, OneDnnWeights upper)
    implements PackedWeights {
  static HalvedWeights of(Engine engine, Geometry geometry, byte[] weights) {
    byte[] lower = new byte[weights.length];
    byte[] upper = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      lower[i] = (byte) (weights[i] >> 1);
      upper[i] = (byte) (weights[i] - lower[i]);
    }
    return new HalvedWeights(
        geometry,
        new OneDnnWeights(engine, geometry, lower),
        new OneDnnWeights(engine, geometry, upper));
  }

  @Override
  public Summation summation(int images, MemorySegment source, MemorySegment target) {
    long sums = (long) images * geometry.sums();
    MemorySegment others = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, sums);
    Summation first = lower.summation(images, source, target);
    Summation second = upper.summation(images, source, others);
    return () -> {
      first.run();
      second.run();
      for (long i = 0; i < sums; i++) {
        int sum = target.getAtIndex(ValueLayout.JAVA_INT, i);
        target.setAtIndex(
            ValueLayout.JAVA_INT, i, sum + others.getAtIndex(ValueLayout.JAVA_INT, i));
      }
    };
  }
}
