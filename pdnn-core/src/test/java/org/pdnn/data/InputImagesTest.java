package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.InputForm;
import org.pdnn.network.InputForm.Axes;
import org.pdnn.network.Shape;

class InputImagesTest {
  private static final InputForm LAST = InputForm.PIXELS.withAxes(Axes.CHANNELS_LAST);

  /// One image of two channels, 2x3, of the bytes 0, 1, 2, ...
  private static final Images IMAGES =
      Images.of(
          "x",
          Shape.of(2, 2, 3),
          1,
          new byte[][] {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
          new int[1]);

  private static Shape shape(String extents) {
    return new Shape(List.of(extents.split("x")).stream().map(Integer::valueOf).toList());
  }

  private static float[] read(Images images) {
    float[] values = new float[images.shape().size()];
    images.read(0, values, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(255 * values[i]);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"2x2x3", "12", "1x12", "12x1x1"})
  void channelsFirstUnlessToldOtherwise(String input) {
    float[] stored = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    assertArrayEquals(stored, read(new InputImages(InputForm.PIXELS, shape(input)).fed(IMAGES)));
  }

  @ParameterizedTest
  @CsvSource({"2x3x2", "12", "12x1"})
  void channelsLastIfToldSo(String input) {
    float[] rows = {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11};
    assertArrayEquals(rows, read(new InputImages(LAST, shape(input)).fed(IMAGES)));
  }

  /// 2x3x2 has as many values as 2x2x3, in another order.
  @ParameterizedTest
  @CsvSource({"2x3x2,channels-first,2x2x3", "2x2x3,channels-last,2x3x2"})
  void layoutsAreComparedNotSizes(String input, String axes, String fed) {
    InputForm form = InputForm.PIXELS.withAxes(Axes.parse(axes));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new InputImages(form, shape(input)).fed(IMAGES));
    assertEquals(
        "the model reads %s, the images are fed as %s, the same values in another order; convert it again and say which by --axes"
            .formatted(input, fed),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"3x2x2", "13", "2x6", "1x2x2"})
  void otherShapesDoNotFit(String input) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new InputImages(InputForm.PIXELS, shape(input)).fed(IMAGES));
    assertEquals(
        "the model reads %s, the images are 2x2x3; scale them or choose another model"
            .formatted(input),
        e.getMessage());
  }

  @Test
  void theShapeOfAnInputTellsTheOrder() {
    Shape images = Shape.of(3, 32, 32);
    assertEquals(Optional.of(Axes.CHANNELS_LAST), InputImages.axes(Shape.of(32, 32, 3), images));
    assertEquals(Optional.empty(), InputImages.axes(images, images));
    assertEquals(Optional.empty(), InputImages.axes(Shape.of(3072), images));
    assertEquals(Optional.empty(), InputImages.axes(Shape.of(28, 28, 1), Shape.of(1, 28, 28)));
  }

  @Test
  void pixelsAreNormalisedByChannelOrAllAlike() {
    var each = new InputForm(Axes.CHANNELS_LAST, List.of(0f, 0.5f), List.of(1f, 2f));
    float[] values = new float[12];
    new InputImages(each, Shape.of(12)).fed(IMAGES).read(0, values, 0);
    assertEquals(5 / 255f, values[10]);
    assertEquals((11 / 255f - 0.5f) / 2, values[11]);
    var all = new InputForm(Axes.CHANNELS_FIRST, List.of(0.5f), List.of(0.25f));
    new InputImages(all, Shape.of(2, 2, 3)).fed(IMAGES).read(0, values, 0);
    assertEquals((0 - 0.5f) / 0.25f, values[0]);
    assertEquals((11 / 255f - 0.5f) / 0.25f, values[11]);
  }
}
