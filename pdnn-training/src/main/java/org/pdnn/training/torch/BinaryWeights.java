package org.pdnn.training.torch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Shape;
import org.pdnn.training.WeightForm;

/// One-bit weights of one step, made once for all of its passes: the signs of the real weights
/// times the scale of their layer, with the gradient of the real weights.
///
/// @param made by name
record BinaryWeights(Weights real, Map<String, Tensor> made) implements Weights {
  BinaryWeights(Weights real) {
    this(real, new HashMap<>());
  }

  @Override
  public Tensor get(String name) {
    Tensor tensor = real.get(name);
    return name.endsWith(".weight") && tensor.dim() > 1
        ? made.computeIfAbsent(name, _ -> signs(tensor))
        : tensor;
  }

  private static Tensor signs(Tensor weight) {
    Shape shape = Shape.of(Arrays.stream(weight.shape()).mapToInt(Math::toIntExact).toArray());
    Scalar scale = new Scalar(WeightForm.scale(shape));
    return Firing.straightThrough(
        weight,
        () ->
            weight
                .ge(new Scalar(0))
                .to(ScalarType.Float)
                .mul_(new Scalar(2))
                .sub_(new Scalar(1))
                .mul_(scale));
  }
}
