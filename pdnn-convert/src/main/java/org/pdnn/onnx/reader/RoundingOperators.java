package org.pdnn.onnx.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.pdnn.names.Printable;
import org.pdnn.network.Activation;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Values rounded to few levels: neurons of k bits, which are clip(I) on 2^k levels of a scaled and
/// shifted pre-activation, scaled and shifted again, and of 1 bit with the values -1 and 1.
final class RoundingOperators {
  private static final String HALVES =
      "values halfway between two levels of a quantised activation may go to either, to the even"
          + " one in the file";

  private RoundingOperators() {}

  /// Levels of values, by their codes: x = (code - zero) scale.
  ///
  /// @param scale one number, or one for each channel
  private record Levels(Reals scale, double zero) {
    Levels(double scale, double zero) {
      this(new Reals(List.of(1), new float[] {(float) scale}), zero);
    }
  }

  /// Quant: (code(x / scale + zero) - zero) scale.
  static void quant(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    CodeRange.requireNearest(node);
    Levels levels = new Levels(scales(node, reading), reading.constants().number(node, 2));
    if (!CodeRange.isBipolar(node, reading.constants())) {
      CodeRange range = CodeRange.of(node, reading.constants(), 3);
      round(node, reading.layers(), range, levels, levels);
    } else if (levels.zero() == 0) {
      bipolar(reading.layers(), levels.scale());
    } else {
      throw node.refused(
          "has zero point %s with 1 signed bit; only 0 is read".formatted(levels.zero()));
    }
  }

  /// QuantizeLinear: the codes themselves, as integers.
  static void quantizeLinear(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Levels levels = linear(node, reading.constants());
    CodeRange range = CodeRange.ofType(node, reading.constants());
    round(node, reading.layers(), range, levels, new Levels(1, 0));
  }

  /// DequantizeLinear: (code - zero) scale.
  static void dequantizeLinear(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Levels levels = linear(node, reading.constants());
    float scale = levels.scale().get(0);
    reading.layers().addPending(new Affine(scale, (float) (-levels.zero() * scale)));
  }

  /// The scale and the zero point of QuantizeLinear and DequantizeLinear.
  private static Levels linear(Node node, Constants constants) {
    Quantised.scales(node, constants);
    double scale = constants.number(node, 1);
    return new Levels(scale, node.has(2) ? constants.number(node, 2) : 0);
  }

  /// BipolarQuant: scale where x is 0 or above, else -scale.
  static void bipolarQuant(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    bipolar(reading.layers(), scales(node, reading));
  }

  /// Sign, which is -1, 0 or 1.
  static void sign(OperatorContext reading) {
    bipolar(reading.layers(), new Reals(List.of(1), new float[] {1}));
    reading.layers().remark("the sign of 0 is 1 here, 0 in the file");
  }

  /// Trunc: codes without their last bits, of values whose zero point is 0. Since QONNX 1.0 it says
  /// the scale of its output; before, how many bits its input has.
  static void trunc(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Constants constants = reading.constants();
    Reals scale = scales(node, reading);
    requireNoZeroPoint(node, constants, 2);
    if (node.inputs() > 5) {
      requireNoZeroPoint(node, constants, 5);
      CodeRange range = CodeRange.of(node, constants, 6);
      double wider = constants.number(node, 4);
      double dropped = Math.rint(Math.log(wider / scale.get(0)) / Math.log(2));
      if (scale.size() > 1) {
        throw node.refused("has a scale for each channel; with a scale of its output, one is read");
      }
      truncate(node, reading.layers(), range, dropped, scale, new Levels(wider, 0));
      return;
    }
    int bits = CodeRange.width(node, constants, 4);
    double dropped = constants.number(node, 3) - bits;
    if (!reading.layers().nonNegative()) {
      throw node.refused(
          "may read negative values, whose range it does not say; export it with its output's"
              + " scale and sign (QONNX 1.0 and newer)");
    }
    CodeRange range = new CodeRange(0, (1 << bits) - 1);
    truncate(node, reading.layers(), range, dropped, scale, new Levels(scale, 0));
  }

  private static void requireNoZeroPoint(Node node, Constants constants, int position) {
    if (constants.number(node, position) != 0) {
      throw node.refused("has a zero point other than 0; only 0 is read");
    }
  }

  /// Divides codes by 2^dropped, rounded as the node says.
  private static void truncate(
      Node node, Chain layers, CodeRange range, double dropped, Reals scale, Levels output) {
    if (!(dropped >= 0 && dropped <= 24)) {
      throw node.refused("drops %s bits; 0 to 24 are read".formatted(dropped));
    }
    double unit = Math.pow(2, dropped);
    String mode = node.text("rounding_mode", "FLOOR").toUpperCase(Locale.ROOT);
    double half =
        switch (mode) {
          // Codes are whole: none lies halfway between two.
          case "FLOOR" -> 0.5 / unit - 0.5;
          case "CEIL" -> 0.5 - 0.5 / unit;
          case "ROUND" -> 0;
          default ->
              throw node.refused(
                  "has rounding_mode %s; FLOOR, CEIL and ROUND are read"
                      .formatted(Printable.of(mode, 40)));
        };
    round(node, layers, range, new Levels(scale.times((float) unit), half), output);
  }

  /// Rounds values to the codes of some levels, and gives those codes other levels.
  private static void round(Node node, Chain layers, CodeRange declared, Levels in, Levels out) {
    double zero = Math.rint(in.zero());
    CodeRange range = layers.nonNegative() ? declared.from(zero) : declared;
    if (range.low() == zero) {
      layers.dropRelu();
    }
    int bits = range.bits(node);
    int steps = range.steps();
    affine(
        layers,
        mapped(in.scale(), scale -> 1 / (scale * steps)),
        mapped(in.scale(), _ -> (in.zero() - range.low()) / steps));
    layers.add(new Neurons(new Neuron.Deterministic(Activation.CLIP, bits)));
    layers.remark(HALVES);
    after(
        layers,
        mapped(out.scale(), scale -> steps * scale),
        mapped(out.scale(), scale -> (range.low() - out.zero()) * scale));
  }

  private static void bipolar(Chain layers, Reals scale) {
    layers.add(new Neurons(new Neuron.Deterministic(Activation.TANH, 1)));
    after(layers, scale.toArray(), new float[scale.size()]);
  }

  private static float[] mapped(Reals values, DoubleUnaryOperator function) {
    double[] mapped = new double[values.size()];
    Arrays.setAll(mapped, i -> function.applyAsDouble(values.get(i)));
    return FloatRows.rounded(mapped);
  }

  private static void affine(Chain layers, float[] scale, float[] shift) {
    if (scale.length == 1) {
      layers.affine(new Affine(scale[0], shift[0]));
    } else {
      layers.affine(scale, shift);
    }
  }

  /// What is done to the outputs of neurons: in the next weights, where it is the same for all.
  private static void after(Chain layers, float[] scale, float[] shift) {
    if (scale.length == 1) {
      layers.addPending(new Affine(scale[0], shift[0]));
    } else {
      layers.affine(scale, shift);
    }
  }

  /// One scale, or one for each channel where they differ.
  private static Reals scales(Node node, OperatorContext reading) {
    Reals scales = Quantised.scales(node, reading.constants());
    if (scales.size() == 1) {
      return scales.reshaped(List.of(1));
    }
    Branch value = reading.value();
    reading.layers().channels();
    float[] channels =
        PerChannel.of(value.arrangement().ours(scales), value.shape())
            .orElseThrow(() ->
                node.refused("has a scale for each value; one, or one for each channel, is read"));
    boolean same = IntStream.range(1, channels.length).allMatch(c -> channels[c] == channels[0]);
    int count = same ? 1 : channels.length;
    return new Reals(List.of(count), Arrays.copyOf(channels, count));
  }
}
