package org.pdnn.benchmark.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void zeroIsALevel() {
    Range range = new Range(-1, 4);
    assertEquals(51, range.zeroPoint());
    assertEquals(5f / 255, range.scale());
    assertEquals(0, Range.of(new float[] {3, 5}).zeroPoint());
    assertEquals(255, Range.of(new float[] {-3, -5}).zeroPoint());
  }

  @Test
  void aRangeThatDoesNotSpanZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 2));
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Range(Float.NaN, 1));
  }

  @Test
  void boundsCutOffWhatNeuronsCannotTellApart() {
    Range bounds = new Range(-8, 8);
    assertEquals(new Range(-2, 8), new Range(-2, 20).within(bounds));
    assertEquals(new Range(0, 1), new Range(-3, 0).within(new Range(0, 9)));
  }
}
