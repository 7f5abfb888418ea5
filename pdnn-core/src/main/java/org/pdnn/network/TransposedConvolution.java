package org.pdnn.network;

import java.util.Map;
import org.pdnn.names.Limits;

/// A 2-d transposed convolution: each input pixel adds its kernel to the output, `stride` apart;
/// `padding` pixels are cut from every side.
///
/// @param weight (inputs, outputs, kernel height, kernel width)
/// @param bias (outputs)
/// @param stride output pixels from one input pixel to the next, both ways
/// @param padding output pixels cut from every side
public record TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding)
    implements Weighted {
  public TransposedConvolution {
    Shapes.require(
        weight.shape().rank() == 4, "a transposed convolution weight has 4 dimensions", weight);
    Shapes.requireVector(bias, weight.shape().dimension(1), "a transposed convolution bias");
    Limits.atLeast("stride", 1, stride);
    Limits.between("padding", 0, Shapes.MOST_PADDING, padding);
  }

  /// A square transposed convolution of zeros.
  public static TransposedConvolution of(
      int inputs, int outputs, int kernel, int stride, int padding) {
    return new TransposedConvolution(
        Tensor.filled(Shape.of(inputs, outputs, kernel, kernel), 0),
        Tensor.filled(Shape.of(outputs), 0),
        stride,
        padding);
  }

  public int inputs() {
    return weight.shape().dimension(0);
  }

  public int outputs() {
    return weight.shape().dimension(1);
  }

  public int kernelHeight() {
    return weight.shape().dimension(2);
  }

  public int kernelWidth() {
    return weight.shape().dimension(3);
  }

  @Override
  public Shape output(Shape input) {
    Shape image = Shapes.image(input, inputs(), "transposed convolution");
    long height = (image.dimension(1) - 1L) * stride - 2L * padding + kernelHeight();
    long width = (image.dimension(2) - 1L) * stride - 2L * padding + kernelWidth();
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "padding %s cuts everything a transposed convolution makes of %s"
              .formatted(padding, input));
    }
    return Shape.of(outputs(), Shapes.extent(height), Shapes.extent(width));
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Layer.named("weight", weight, "bias", bias);
  }

  @Override
  public TransposedConvolution withTensors(Map<String, Tensor> tensors) {
    return new TransposedConvolution(
        Shapes.same(tensors, "weight", weight),
        Shapes.same(tensors, "bias", bias),
        stride,
        padding);
  }
}
