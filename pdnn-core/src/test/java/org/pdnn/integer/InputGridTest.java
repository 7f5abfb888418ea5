package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.InputForm;

class InputGridTest {
  @Test
  void pixelsAreExact() {
    for (int k = 0; k <= 255; k++) {
      assertEquals(k, InputGrid.PIXELS.quantise(k / 255f));
    }
    assertEquals(InputGrid.PIXELS, InputGrid.covering(0, 1));
    assertEquals(255, InputGrid.PIXELS.quantise(7));
    assertEquals(0, InputGrid.PIXELS.quantise(-7));
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "-0.3,2", "0.5,2", "-3,-1", "-1e-3,1e4"})
  void aRangeIsCoveredWithinAStepAndZeroIsExact(float low, float high) {
    InputGrid grid = InputGrid.covering(low, high);
    assertEquals(0, grid.quantise(0));
    assertTrue(grid.step() <= (Math.max(0, high) - Math.min(0, low)) / 254);
    for (int i = 0; i <= 1000; i++) {
      float x = low + (high - low) * i / 1000;
      assertEquals(x, grid.quantise(x) * grid.step(), grid.step() * 1.001f);
    }
  }

  /// The range is that of the least and the greatest pixel of all channels.
  @Test
  void normalisedPixelsAreCovered() {
    assertEquals(InputGrid.PIXELS, InputGrid.of(InputForm.PIXELS));
    InputForm form =
        new InputForm(InputForm.Axes.CHANNELS_FIRST, List.of(0.5f, 0.25f), List.of(0.5f, 0.25f));
    assertEquals(InputGrid.covering(-1, 3), InputGrid.of(form));
  }

  @Test
  void aRangeOfNothingIsThatOfPixels() {
    assertEquals(InputGrid.PIXELS, InputGrid.covering(0, 0));
    assertEquals(
        InputGrid.PIXELS, InputGrid.covering(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
  }

  @Test
  void gridsThatCannotBeAreRefused() {
    for (float step : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      var e = assertThrows(IllegalArgumentException.class, () -> new InputGrid(step, 0));
      assertEquals("step must be above 0 and finite, got " + step, e.getMessage());
    }
    var e = assertThrows(IllegalArgumentException.class, () -> new InputGrid(1, 256));
    assertEquals("zero must be 0 to 255, got 256", e.getMessage());
  }
}
