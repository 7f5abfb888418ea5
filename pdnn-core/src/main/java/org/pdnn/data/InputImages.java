package org.pdnn.data;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.InputForm;
import org.pdnn.network.InputForm.Axes;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;

/// Images as a model reads them: in its order of axes, normalised as in its training.
///
/// Layouts are compared, not sizes: 32x32x3 is never read as 3x32x32. Extents of 1 do not count,
/// and a flat input takes images of any layout.
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
      return form.axes() == Axes.CHANNELS_LAST
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
    fed(images).read(index, values, 0);
    return values;
  }

  /// Images as the network reads them.
  ///
  /// @throws IllegalArgumentException if they do not fit
  public Images fed(Images images) {
    Images normalised = images;
    if (form.normalises()) {
      int channels = images.shape().dimension(0);
      normalised = images.normalised(each(form.mean(), channels), each(form.std(), channels));
    }
    Images laid = form.axes() == Axes.CHANNELS_LAST ? normalised.channelsLast() : normalised;
    requireFit(laid.shape(), images.shape());
    return laid;
  }

  /// The order of axes that the shape of an input tells, if it tells one.
  ///
  /// @param images (channels, height, width)
  public static Optional<Axes> axes(Shape input, Shape images) {
    if (input.rank() == 1 || layout(input).equals(layout(images))) {
      return Optional.empty();
    }
    return layout(input).equals(layout(last(images)))
        ? Optional.of(Axes.CHANNELS_LAST)
        : Optional.empty();
  }

  private void requireFit(Shape laid, Shape images) {
    boolean flat = layout(shape).size() <= 1 && shape.size() == laid.size();
    if (flat || layout(shape).equals(layout(laid))) {
      return;
    }
    if (layout(shape).equals(layout(last(images))) || layout(shape).equals(layout(images))) {
      throw new IllegalArgumentException(
          "the model reads %s, the images are fed as %s, the same values in another order; convert it again and say which by --axes"
              .formatted(shape, laid));
    }
    throw new IllegalArgumentException(
        "the model reads %s, the images are %s; scale them or choose another model"
            .formatted(shape, images));
  }

  private static Shape last(Shape images) {
    return Shape.of(images.dimension(1), images.dimension(2), images.dimension(0));
  }

  private static List<Integer> layout(Shape shape) {
    return shape.dimensions().stream().filter(extent -> extent > 1).toList();
  }

  private static float[] each(List<Float> values, int channels) {
    float[] all = new float[values.size() == 1 ? channels : values.size()];
    for (int channel = 0; channel < all.length; channel++) {
      all[channel] = values.get(values.size() == 1 ? 0 : channel);
    }
    return all;
  }
}
