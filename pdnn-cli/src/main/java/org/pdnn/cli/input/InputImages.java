package org.pdnn.cli.input;

import org.pdnn.data.Images;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;

/// Images as a model reads them: its order of axes and its normalisation.
///
/// @param shape what the network reads
public record InputImages(InputForm form, Shape shape) {
  public static InputImages of(Model model) {
    return new InputImages(model.input(), model.network().input());
  }

  /// (channels, height, width) of a picture for the network. A network that reads a row of values
  /// takes a square picture, grey or in three colours.
  ///
  /// @throws IllegalArgumentException if it reads no pictures
  public Shape picture() {
    if (shape.rank() == 3) {
      return form.axes() == InputForm.Axes.CHANNELS_LAST
          ? Shape.of(shape.dimension(2), shape.dimension(0), shape.dimension(1))
          : shape;
    }
    for (int channels : new int[] {1, 3}) {
      int side = (int) Math.round(Math.sqrt((double) shape.size() / channels));
      if (shape.rank() == 1 && channels * side * side == shape.size()) {
        return Shape.of(channels, side, side);
      }
    }
    throw new IllegalArgumentException(
        "the model reads %s, no picture of (channels, height, width)".formatted(shape));
  }

  /// The values of one image.
  public float[] values(Images images, int index) {
    float[] values = new float[images.shape().size()];
    ModelData.fed(images, shape, form).read(index, values, 0);
    return values;
  }
}
