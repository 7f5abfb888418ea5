package org.pdnn.onnx.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.names.Printable;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Values rounded to few levels: neurons of k bits, which are clip(I) on 2^k levels of a scaled and
/// shifted pre-activation, scaled and shifted again, and of 1 bit with the values -1 and 1.
final class RoundingOperators {
  private static final String HALVES =
      "values halfway between two levels of a quantised activation may go to either, to the even"
          + " one in the file";

  private RoundingOperators() {}

  /// Quant: (code(x / scale + zero) - zero) scale.
  static void quant(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    CodeRange.requireNearest(node);
    float[] scale = scales(node, reading, 1);
    double zero = one(node, reading, 2);
    if (Quantised.isBipolar(node, reading.constants())) {
      if (zero != 0) {
        throw node.refused("has zero point %s with 1 signed bit; only 0 is read".formatted(zero));
      }
      bipolar(reading.layers(), scale);
      return;
    }
    CodeRange range = CodeRange.of(node, reading.constants(), 3);
    round(node, reading.layers(), range, new Codes(vector(scale), zero, 1, 0), scale, zero);
  }

  /// QuantizeLinear: the codes themselves, as integers.
  static void quantizeLinear(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    float[] scale = {scale(node, reading)};
    double zero = node.has(2) ? one(node, reading, 2) : 0;
    CodeRange range = CodeRange.of(node, Quantised.type(node, reading.constants()));
    round(node, reading.layers(), range, new Codes(vector(scale), zero, 1, 0), new float[] {1}, 0);
  }

  /// DequantizeLinear: (code - zero) scale.
  static void dequantizeLinear(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    float scale = scale(node, reading);
    double zero = node.has(2) ? one(node, reading, 2) : 0;
    reading.layers().addPending(new Affine(scale, (float) (-zero * scale)));
  }

  /// BipolarQuant: scale where x is 0 or above, else -scale.
  static void bipolarQuant(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    bipolar(reading.layers(), scales(node, reading, 1));
  }

  /// Sign, which is -1, 0 or 1.
  static void sign(OperatorContext reading) {
    bipolar(reading.layers(), new float[] {1});
    reading.layers().remark("the sign of 0 is 1 here, 0 in the file");
  }

  /// Trunc: codes without their last bits, of values whose zero is 0.
  static void trunc(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    boolean scaled = node.inputs() > 5;
    float[] scale = scales(node, reading, 1);
    if (one(node, reading, 2) != 0 || (scaled && one(node, reading, 5) != 0)) {
      throw node.refused("has a zero point other than 0; only 0 is read");
    }
    int outputBits = scaled ? 6 : 4;
    CodeRange range = CodeRange.of(node, reading.constants(), outputBits);
    double shift =
        scaled
            ? Math.rint(Math.log(one(node, reading, 4) / scale[0]) / Math.log(2))
            : one(node, reading, 3) - one(node, reading, 4);
    if (!(shift >= 0 && shift <= 24) || (scaled && scale.length > 1)) {
      throw node.refused("drops %s bits; 0 to 24 of values of one scale are read".formatted(shift));
    }
    if (!scaled) {
      if (!reading.layers().nonNegative()) {
        throw node.refused(
            "may read negative values, whose range it does not say; export it with its output's"
                + " scale and sign (QONNX 1.0 and newer)");
      }
      range = new CodeRange(0, (1 << (int) one(node, reading, 4)) - 1);
    }
    double unit = Math.pow(2, shift);
    String mode = node.text("rounding_mode", "FLOOR").toUpperCase(Locale.ROOT);
    double half =
        switch (mode) {
          // Codes are whole: halfway between two of them nothing lies.
          case "FLOOR" -> 0.5 / unit - 0.5;
          case "CEIL" -> 0.5 - 0.5 / unit;
          case "ROUND" -> 0;
          default ->
              throw node.refused(
                  "has rounding_mode %s; FLOOR, CEIL and ROUND are read"
                      .formatted(Printable.of(mode, 40)));
        };
    float[] out = scaled ? new float[] {(float) one(node, reading, 4)} : scale;
    round(node, reading.layers(), range, new Codes(vector(scale), 0, unit, half), out, 0);
  }

  /// How values become codes before they are rounded: (x / scale + zero) / unit + half.
  private record Codes(Reals scale, double zero, double unit, double half) {}

  private static Reals vector(float[] values) {
    return new Reals(List.of(values.length), values);
  }

  /// Rounds values to codes, and gives (code - zero) scale.
  private static void round(
      Node node, Branch layers, CodeRange declared, Codes codes, float[] scale, double zero) {
    CodeRange range = layers.nonNegative() ? declared.from(codes.zero()) : declared;
    if (range.low() == codes.zero()) {
      layers.dropRelu();
    }
    int bits = range.bits(node);
    int steps = range.steps();
    float[] factor = new float[codes.scale().size()];
    float[] term = new float[factor.length];
    for (int c = 0; c < factor.length; c++) {
      factor[c] = (float) (1 / (codes.scale().get(c) * codes.unit() * steps));
      term[c] = (float) ((codes.zero() / codes.unit() + codes.half() - range.low()) / steps);
    }
    affine(layers, factor, term);
    layers.add(new Neurons(new Neuron.Deterministic(Activation.CLIP, bits)));
    layers.remark(HALVES);
    float[] back = new float[scale.length];
    float[] start = new float[scale.length];
    for (int c = 0; c < back.length; c++) {
      back[c] = steps * scale[c];
      start[c] = (float) ((range.low() - zero) * scale[c]);
    }
    after(layers, back, start);
  }

  private static void bipolar(Branch layers, float[] scale) {
    layers.add(new Neurons(new Neuron.Deterministic(Activation.TANH, 1)));
    after(layers, scale, new float[scale.length]);
  }

  private static void affine(Branch layers, float[] scale, float[] shift) {
    if (scale.length == 1) {
      layers.affine(new Affine(scale[0], shift[0]));
    } else {
      layers.affine(scale, shift);
    }
  }

  /// What the outputs of neurons still lack: in the next weights, where it is the same for all.
  private static void after(Branch layers, float[] scale, float[] shift) {
    if (scale.length == 1) {
      layers.addPending(new Affine(scale[0], shift[0]));
    } else {
      layers.affine(scale, shift);
    }
  }

  /// One scale, or one for each channel.
  private static float[] scales(Node node, OperatorContext reading, int position) {
    Reals scales = reading.constants().reals(node, position);
    Quantised.requireScales(node, scales);
    Branch layers = reading.layers();
    float[] values = {(float) (scales.size() > 1 ? 1 : one(node, reading, position))};
    if (scales.size() > 1) {
      layers.channels();
      Optional<float[]> channels = PerChannel.of(layers.arrangement().ours(scales), layers.shape());
      values =
          channels.orElseThrow(() ->
              node.refused("has a scale for each value; one, or one for each channel, is read"));
    }
    boolean same = values.length > 1 && allSame(values);
    return same ? Arrays.copyOf(values, 1) : values;
  }

  private static boolean allSame(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /// The one scale of QuantizeLinear and DequantizeLinear.
  private static float scale(Node node, OperatorContext reading) {
    Quantised.requireScales(node, reading.constants().reals(node, 1));
    return (float) one(node, reading, 1);
  }

  private static double one(Node node, OperatorContext reading, int position) {
    return Quantised.one(node, reading.constants(), position);
  }
}
