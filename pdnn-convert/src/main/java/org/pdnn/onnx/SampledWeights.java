package org.pdnn.onnx;

import java.util.List;
import org.pdnn.integer.Values;
import org.pdnn.integer.WeightCodes;
import org.pdnn.sums.Geometry;

/// The sums of one layer of weights in a [SampledGraph]: integers in 32 bits that stay below 2^24,
/// and so are exact in whatever order a runtime adds. Its operators for bytes are not: some
/// processors' saturate at 16 bits.
final class SampledWeights {
  private static final long EXACT = 1L << 24;

  private final GraphValues values;
  private final Geometry geometry;
  private final Values in;
  private final long span;
  private final String weights;

  /// @param in what the layer reads
  SampledWeights(GraphValues values, WeightCodes weights, Values in) {
    this.values = values;
    this.geometry = weights.geometry();
    this.in = in;
    this.span = weights.span();
    this.weights = geometry.dense() ? matrix(weights.codes()) : kernels(weights);
  }

  /// (n, outputs, rows, columns) in 64 bits.
  ///
  /// @param codes (n, channels, rows, columns) in 32 bits
  String sums(String codes) {
    return sums(codes, in.coding().orElseThrow().most());
  }

  /// Where sums could be inexact, the lower bits of the codes are summed apart.
  private String sums(String codes, int most) {
    if (span * most < EXACT) {
      return values.wide(products(codes));
    }
    if (span >= EXACT) {
      throw new IllegalArgumentException(
          "the weights of an output add up to %s, more than 32 bits hold exactly; use weights of fewer bits"
              .formatted(span));
    }
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros((EXACT - 1) / span + 1);
    String upper =
        values.apply("Floor", values.apply("Mul", codes, values.number(Math.scalb(1f, -bits))));
    String lower = values.apply("Sub", codes, values.apply("Mul", upper, values.number(1 << bits)));
    String shifted = values.apply("Mul", sums(upper, most >> bits), values.wide(1 << bits));
    return values.apply("Add", shifted, values.wide(products(lower)));
  }

  private String products(String codes) {
    if (geometry.dense()) {
      String rows = values.reshaped(codes, -1, in.units());
      return values.reshaped(values.apply("MatMul", rows, weights), -1, geometry.outputs(), 1, 1);
    }
    return values.apply(
        geometry.transposed() ? "ConvTranspose" : "Conv",
        List.of(codes, weights),
        FloatGraph.window(geometry.window(), geometry.groups()));
  }

  /// By input in ONNX's order of channels, rows and columns, then output.
  private String matrix(byte[] codes) {
    byte[] matrix = new byte[codes.length];
    int units = in.units();
    for (int i = 0; i < matrix.length; i++) {
      int output = i % geometry.outputs();
      matrix[i] = codes[output * units + in.unit(i / geometry.outputs())];
    }
    return constant(matrix, units, geometry.outputs());
  }

  /// By output and channel of the group, transposed by channel and output of the group.
  private String kernels(WeightCodes weights) {
    boolean transposed = geometry.transposed();
    int rows = geometry.window().rows().kernel();
    int columns = geometry.window().columns().kernel();
    int groupChannels = geometry.groupChannels();
    int groupOutputs = geometry.outputs() / geometry.groups();
    byte[] kernels = new byte[weights.codes().length];
    for (int i = 0; i < kernels.length; i++) {
      int tap = i % (rows * columns);
      int pair = i / (rows * columns);
      int output = pair / groupChannels;
      int channel = pair % groupChannels;
      if (transposed) {
        int group = pair / groupOutputs / groupChannels;
        output = group * groupOutputs + pair % groupOutputs;
        channel = pair / groupOutputs % groupChannels;
      }
      kernels[i] = (byte) weights.code(output, tap / columns, tap % columns, channel);
    }
    return transposed
        ? constant(kernels, geometry.channels(), groupOutputs, rows, columns)
        : constant(kernels, geometry.outputs(), groupChannels, rows, columns);
  }

  /// In the file they have one byte each.
  private String constant(byte[] codes, long... extents) {
    return values.single(values.bytes(codes, extents));
  }
}
