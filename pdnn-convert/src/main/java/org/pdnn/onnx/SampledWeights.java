package org.pdnn.onnx;

import java.util.List;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.ReceptiveField;
import org.pdnn.network.FloatRows;

/// The constants of one layer in a [SampledGraph]: codes, scales and biases.
final class SampledWeights {
  /// Integers below this are exact in 32 bits.
  private static final long EXACT = 1L << 24;

  private final OnnxGraph graph;
  private final GraphValues values;
  private final IntegerLayer layer;
  private final ReceptiveField field;

  SampledWeights(OnnxGraph graph, GraphValues values, IntegerLayer layer) {
    this.graph = graph;
    this.values = values;
    this.layer = layer;
    this.field = layer.field();
  }

  /// Whether each output reads the whole image.
  static boolean isDense(ReceptiveField field) {
    return field.padding() == 0
        && field.kernelHeight() == field.height()
        && field.kernelWidth() == field.width();
  }

  /// The sums of codes times inputs, (n, outputs) of a dense layer or (n, outputs, rows, columns).
  ///
  /// @param inputs integers
  /// @param greatest absolute value of an input
  String sums(String inputs, int greatest) {
    requireExact(greatest);
    if (isDense(field)) {
      String rows = values.reshaped(inputs, -1, field.fanIn());
      return values.apply("MatMul", rows, codes(true, field.fanIn(), field.outputs()));
    }
    String codes =
        codes(false, field.outputs(), field.channels(), field.kernelHeight(), field.kernelWidth());
    String image = values.reshaped(inputs, -1, field.channels(), field.height(), field.width());
    int padding = field.padding();
    return values.apply(
        "Conv",
        List.of(image, codes),
        Attribute.of("kernel_shape", List.of(field.kernelHeight(), field.kernelWidth())),
        Attribute.of("strides", List.of(field.stride(), field.stride())),
        Attribute.of("pads", List.of(padding, padding, padding, padding)));
  }

  private void requireExact(int greatest) {
    for (int o = 0; o < field.outputs(); o++) {
      long span = 0;
      for (int i = 0; i < field.fanIn(); i++) {
        span += Math.abs(layer.code(o, i));
      }
      if (span * greatest >= EXACT) {
        throw new IllegalArgumentException(
            "sums of output %s reach %s, more than 32 bits hold exactly; use weights of fewer bits"
                .formatted(o, span * greatest));
      }
    }
  }

  /// The codes as 32-bit numbers; in the file they have one byte where that is enough.
  private String codes(boolean byInput, long... extents) {
    int fanIn = field.fanIn();
    float[] all = new float[field.outputs() * fanIn];
    byte[] small = new byte[all.length];
    for (int o = 0; o < field.outputs(); o++) {
      for (int i = 0; i < fanIn; i++) {
        int at = byInput ? i * field.outputs() + o : o * fanIn + i;
        all[at] = layer.code(o, i);
        small[at] = (byte) layer.code(o, i);
      }
    }
    String name = values.name();
    if (layer.mostCode() <= Byte.MAX_VALUE) {
      graph.constant(name, small, extents);
      return values.single(name);
    }
    graph.array(name, all, extents);
    return name;
  }

  /// What the sums are multiplied by, one number per output.
  ///
  /// @param wide whether in 64 bits
  String scales(boolean wide) {
    double[] scales = new double[field.outputs()];
    for (int o = 0; o < scales.length; o++) {
      scales[o] = layer.scale(o);
    }
    return array(wide, scales, byOutput());
  }

  /// What is added then, one number per output or, if padding makes them differ, a pixel.
  ///
  /// @param wide whether in 64 bits
  String biases(boolean wide) {
    int pixels = layer.biasByPixel() ? field.rows() * field.columns() : 1;
    double[] biases = new double[field.outputs() * pixels];
    for (int i = 0; i < biases.length; i++) {
      biases[i] = layer.bias(i / pixels, i % pixels);
    }
    long[] extents =
        layer.biasByPixel()
            ? new long[] {field.outputs(), field.rows(), field.columns()}
            : byOutput();
    return array(wide, biases, extents);
  }

  private long[] byOutput() {
    return isDense(field) ? new long[] {field.outputs()} : new long[] {field.outputs(), 1, 1};
  }

  private String array(boolean wide, double[] numbers, long... extents) {
    String name = values.name();
    if (wide) {
      graph.array(name, numbers, extents);
      return name;
    }
    graph.array(name, FloatRows.rounded(numbers), extents);
    return name;
  }
}
