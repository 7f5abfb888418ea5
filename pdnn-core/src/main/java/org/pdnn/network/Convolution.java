package org.pdnn.network;

import java.util.Map;
import org.pdnn.names.Limits;

/// A 2-d convolution (cross-correlation, as in PyTorch) over an image (channels, height, width),
/// zeros around the border.
///
/// @param weight (outputs, inputs, kernel height, kernel width)
/// @param bias (outputs)
/// @param stride pixels from one output to the next, both ways
/// @param padding zeros added on every side
public record Convolution(Tensor weight, Tensor bias, int stride, int padding) implements Weighted {
  public Convolution {
    Shapes.require(weight.shape().rank() == 4, "a convolution weight has 4 dimensions", weight);
    Shapes.requireVector(bias, weight.shape().dimension(0), "a convolution bias");
    Limits.atLeast("stride", 1, stride);
    Limits.between("padding", 0, Shapes.MOST_PADDING, padding);
  }

  /// A square convolution of zeros.
  public static Convolution of(int inputs, int outputs, int kernel, int stride, int padding) {
    return new Convolution(
        Tensor.filled(Shape.of(outputs, inputs, kernel, kernel), 0),
        Tensor.filled(Shape.of(outputs), 0),
        stride,
        padding);
  }

  public int inputs() {
    return weight.shape().dimension(1);
  }

  public int outputs() {
    return weight.shape().dimension(0);
  }

  public int kernelHeight() {
    return weight.shape().dimension(2);
  }

  public int kernelWidth() {
    return weight.shape().dimension(3);
  }

  @Override
  public Shape output(Shape input) {
    Shape image = Shapes.image(input, inputs(), "convolution");
    long height = image.dimension(1) + 2L * padding - kernelHeight();
    long width = image.dimension(2) + 2L * padding - kernelWidth();
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "a convolution kernel of %dx%s with padding %s is larger than its input %s"
              .formatted(kernelHeight(), kernelWidth(), padding, input));
    }
    return Shape.of(
        outputs(), Shapes.extent(height / stride + 1), Shapes.extent(width / stride + 1));
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Layer.named("weight", weight, "bias", bias);
  }

  @Override
  public Convolution withTensors(Map<String, Tensor> tensors) {
    return new Convolution(
        Shapes.same(tensors, "weight", weight),
        Shapes.same(tensors, "bias", bias),
        stride,
        padding);
  }
}
