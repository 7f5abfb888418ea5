package org.pdnn.integer;

import java.util.Arrays;
import java.util.Optional;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Weighted;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// A layer of weights over an image of codes.
///
/// @param codes of its weights
/// @param quantised the same with their scales
/// @param bias by output
record LinearForm(WeightCodes codes, QuantisedWeights quantised, Tensor bias) {

  /// The form of a layer; empty for an embedding.
  ///
  /// @param in what it reads; of a layer [#ofOnePixel] perhaps the image whose mean it reads
  static Optional<LinearForm> of(Weighted layer, Values in, QuantisedWeights weights) {
    return switch (layer) {
      case Dense dense -> Optional.of(dense(in, weights, dense.bias()));
      case Convolution one -> Optional.of(convolution(one, in, weights));
      case TransposedConvolution one -> Optional.of(transposed(one, in, weights));
      case Embedding _ -> Optional.empty();
    };
  }

  /// Whether a layer reads a vector: its weights for a mean over an image are weights for the
  /// image.
  static boolean ofOnePixel(Weighted layer) {
    return layer instanceof Dense;
  }

  private static LinearForm dense(Values in, QuantisedWeights weights, Tensor bias) {
    int outputs = weights.outputs();
    int units = in.units();
    Geometry geometry = Geometry.dense(units, outputs);
    byte[] codes = new byte[outputs * units];
    boolean mean = weights.inputs() == in.channels();
    for (int o = 0; o < outputs; o++) {
      for (int index = 0; index < units; index++) {
        int read = mean ? index / in.pixels() : index;
        codes[o * units + in.unit(index)] = weights.code(o, read);
      }
    }
    return new LinearForm(new WeightCodes(geometry, codes), weights, bias);
  }

  private static LinearForm convolution(Convolution layer, Values in, QuantisedWeights weights) {
    Geometry geometry =
        new Geometry(
            in.channels(),
            in.rows(),
            in.columns(),
            layer.outputs(),
            layer.groups(),
            layer.window(),
            false);
    return new LinearForm(
        new WeightCodes(geometry, arranged(geometry, weights)), weights, layer.bias());
  }

  private static LinearForm transposed(
      TransposedConvolution layer, Values in, QuantisedWeights weights) {
    Window window =
        Window.square(1, layer.stride(), layer.padding())
            .kernel(layer.kernelHeight(), layer.kernelWidth());
    Geometry geometry =
        new Geometry(in.channels(), in.rows(), in.columns(), layer.outputs(), 1, window, true);
    return new LinearForm(
        new WeightCodes(geometry, arranged(geometry, weights)), weights, layer.bias());
  }

  /// PyTorch's channels, rows, columns as rows, columns, channels.
  private static byte[] arranged(Geometry geometry, QuantisedWeights weights) {
    byte[] codes = new byte[weights.outputs() * weights.inputs()];
    int taps = geometry.window().rows().kernel() * geometry.window().columns().kernel();
    for (int o = 0; o < weights.outputs(); o++) {
      for (int index = 0; index < weights.inputs(); index++) {
        int tap = index % taps;
        int at =
            geometry.weight(
                o,
                tap / geometry.window().columns().kernel(),
                tap % geometry.window().columns().kernel(),
                index / taps);
        codes[at] = weights.code(o, index);
      }
    }
    return codes;
  }

  Values output() {
    Geometry g = codes.geometry();
    return new Values(g.outputs(), g.outputRows(), g.outputColumns(), Optional.empty());
  }

  /// What a sum is worth, by output.
  ///
  /// @param step of the codes that are read
  double[] scales(double step) {
    double[] scales = new double[quantised.outputs()];
    Arrays.setAll(scales, o -> quantised.scale(o) * step);
    return scales;
  }

  /// What is added, by pixel and output: the layer's own bias, and what codes of 0 stand for, of
  /// which a window at the border reads fewer.
  ///
  /// @param pixels whose mean is read, 1 for no mean
  /// @param base of the codes that are read
  double[][] biases(int pixels, double base) {
    Geometry g = codes.geometry();
    boolean alike = base == 0 || !(g.transposed() || g.window().padded());
    double[][] biases = new double[alike ? 1 : g.outputRows() * g.outputColumns()][g.outputs()];
    for (int pixel = 0; pixel < biases.length; pixel++) {
      for (int o = 0; o < g.outputs(); o++) {
        int row = pixel / g.outputColumns();
        double read = base == 0 ? 0 : codes.sum(row, pixel % g.outputColumns(), o, _ -> 1);
        biases[pixel][o] = bias.get(o) + base * quantised.scale(o) * read / pixels;
      }
    }
    return biases;
  }
}
