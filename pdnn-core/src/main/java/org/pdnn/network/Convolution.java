package org.pdnn.network;

import java.util.Map;
import org.pdnn.names.Limits;

/// A 2-d convolution (cross-correlation, as in PyTorch) over an image (channels, height, width),
/// zeros around the border.
///
/// In g groups, the first 1/g of the outputs reads the first 1/g of the inputs and so on; a
/// depthwise convolution has as many groups as inputs. A sequence is an image of height 1.
///
/// @param weight (outputs, inputs / groups, kernel height, kernel width)
/// @param bias (outputs)
/// @param window how the kernel, of the weight's size, goes over the image
/// @param groups a divisor of inputs and outputs
public record Convolution(Tensor weight, Tensor bias, Window window, int groups)
    implements Weighted {
  public Convolution {
    Shapes.require(weight.shape().rank() == 4, "a convolution weight has 4 dimensions", weight);
    Shapes.requireVector(bias, weight.shape().dimension(0), "a convolution bias");
    Limits.atLeast("groups", 1, groups);
    requireGroups(weight.shape().dimension(0), "outputs", groups);
    if (window.ceil()) {
      throw new IllegalArgumentException("a convolution has no ceil mode; pad it instead");
    }
    if (!window.equals(over(window, weight))) {
      throw new IllegalArgumentException(
          "a window of %s does not fit a weight of shape %s".formatted(window, weight.shape()));
    }
  }

  private static void requireGroups(int channels, String kind, int groups) {
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "%s %s are not divisible into %s groups; choose groups that divide inputs and outputs"
              .formatted(channels, kind, groups));
    }
  }

  /// A convolution of one group, alike in rows and columns.
  ///
  /// @param stride pixels from one output to the next
  /// @param padding zeros added on every side
  public Convolution(Tensor weight, Tensor bias, int stride, int padding) {
    this(weight, bias, over(Window.square(1, stride, padding), weight), 1);
  }

  /// A square convolution of zeros.
  public static Convolution of(int inputs, int outputs, int kernel, int stride, int padding) {
    return of(inputs, outputs, Window.square(kernel, stride, padding), 1);
  }

  /// A convolution of zeros.
  ///
  /// @param groups a divisor of inputs and outputs
  public static Convolution of(int inputs, int outputs, Window window, int groups) {
    requireGroups(inputs, "inputs", groups);
    Shape weight =
        Shape.of(outputs, inputs / groups, window.rows().kernel(), window.columns().kernel());
    return new Convolution(
        Tensor.filled(weight, 0), Tensor.filled(Shape.of(outputs), 0), window, groups);
  }

  /// The same convolution by other weights, of any kernel and as many groups.
  public Convolution by(Tensor other, Tensor otherBias) {
    return new Convolution(other, otherBias, over(window, other), groups);
  }

  /// A convolution of one channel by the same window, of zeros.
  public Convolution plane() {
    return of(1, 1, window, 1);
  }

  private static Window over(Window window, Tensor weight) {
    return weight.shape().rank() == 4
        ? window.kernel(weight.shape().dimension(2), weight.shape().dimension(3))
        : window;
  }

  public int inputs() {
    return weight.shape().dimension(1) * groups;
  }

  public int outputs() {
    return weight.shape().dimension(0);
  }

  public int kernelHeight() {
    return window.rows().kernel();
  }

  public int kernelWidth() {
    return window.columns().kernel();
  }

  @Override
  public Shape output(Shape input) {
    return window.output(
        Shapes.image(input, inputs(), "convolution"), outputs(), "a convolution kernel");
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Layer.named("weight", weight, "bias", bias);
  }

  @Override
  public Convolution withTensors(Map<String, Tensor> tensors) {
    return by(Shapes.same(tensors, "weight", weight), Shapes.same(tensors, "bias", bias));
  }
}
