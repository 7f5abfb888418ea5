package org.pdnn.network;

import java.util.Map;

/// A fully connected layer, y = W x + b.
///
/// @param weight (outputs, inputs)
/// @param bias (outputs)
public record Dense(Tensor weight, Tensor bias) implements Weighted {
  public Dense {
    Shapes.require(weight.shape().rank() == 2, "a dense weight has 2 dimensions", weight);
    Shapes.requireVector(bias, weight.shape().dimension(0), "a dense bias");
  }

  /// A layer of zeros.
  public static Dense of(int inputs, int outputs) {
    return new Dense(
        Tensor.filled(Shape.of(outputs, inputs), 0), Tensor.filled(Shape.of(outputs), 0));
  }

  public int inputs() {
    return weight.shape().dimension(1);
  }

  public int outputs() {
    return weight.shape().dimension(0);
  }

  @Override
  public Shape output(Shape input) {
    if (!input.equals(Shape.of(inputs()))) {
      throw new IllegalArgumentException(
          "a dense layer of %s inputs cannot read %s%s"
              .formatted(
                  inputs(), input, input.size() == inputs() ? "; put a flatten before it" : ""));
    }
    return Shape.of(outputs());
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Layer.named("weight", weight, "bias", bias);
  }

  @Override
  public Dense withTensors(Map<String, Tensor> tensors) {
    return new Dense(Shapes.same(tensors, "weight", weight), Shapes.same(tensors, "bias", bias));
  }
}
