package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.names.Limits;

/// Weights and biases in fixed point: multiples of 2^-fraction below 2^integer, with a sign. Q6.25
/// is that of the paper's FPGA, 32 bits with the sign.
///
/// @param integerBits bits before the point, 1 to 15
/// @param fractionBits bits after it, 1 to 30
public record FixedPointWeights(int integerBits, int fractionBits) {
  /// The paper's format (section 5).
  public static final FixedPointWeights Q6_25 = new FixedPointWeights(6, 25);

  public FixedPointWeights {
    Limits.between("integer bits", 1, 15, integerBits);
    Limits.between("fraction bits", 1, 30, fractionBits);
  }

  /// The nearest number of the format, ties to even; beyond its range the least, or the greatest
  /// that 32-bit floating point has. Within it nothing is rounded twice: a number so large that
  /// floating point has fewer bits after the point is one of the format already.
  public float round(float value) {
    double unit = Math.scalb(1.0, -fractionBits);
    float limit = Math.scalb(1f, integerBits);
    double greatest = Math.min(limit - unit, Math.nextDown(limit));
    return (float) Math.clamp(Math.rint(value / unit) * unit, -limit, greatest);
  }

  /// The network with every weight and bias rounded.
  public Network apply(Network network) {
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) -> {
          float[] values = tensor.toArray();
          for (int i = 0; i < values.length; i++) {
            values[i] = round(values[i]);
          }
          rounded.put(name, new Tensor(tensor.shape(), values));
        });
    return network.withTensors(rounded);
  }

  /// As in `Q6.25`.
  @Override
  public String toString() {
    return "Q" + integerBits + "." + fractionBits;
  }
}
