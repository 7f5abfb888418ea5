package org.pdnn.benchmark.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LevelRangeTest {
  @Test
  void zeroIsALevel() {
    LevelRange range = new LevelRange(-1, 4);
    assertEquals(51, range.zeroPoint());
    assertEquals(5f / 255, range.scale());
    assertEquals(0, LevelRange.of(new float[] {3, 5}).zeroPoint());
    assertEquals(255, LevelRange.of(new float[] {-3, -5}).zeroPoint());
  }

  @Test
  void aRangeThatDoesNotSpanZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LevelRange(1, 2));
    assertThrows(IllegalArgumentException.class, () -> new LevelRange(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new LevelRange(Float.NaN, 1));
  }

  @Test
  void boundsCutOffWhatNeuronsCannotTellApart() {
    LevelRange bounds = new LevelRange(-8, 8);
    assertEquals(new LevelRange(-2, 8), new LevelRange(-2, 20).within(bounds));
    assertEquals(new LevelRange(0, 1), new LevelRange(-3, 0).within(new LevelRange(0, 9)));
  }
}
