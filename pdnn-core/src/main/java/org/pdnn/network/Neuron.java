package org.pdnn.network;

import java.util.Locale;
import org.pdnn.names.Printable;

/// What a unit does with its pre-activation I.
///
/// In notation, as on the command line and in model files: `sigmoid`, `tanh:3bit`, `pbit:sigmoid`,
/// `noisy:tanh:0.5`, `leaky-relu:0.2`.
public sealed interface Neuron {

  /// The function from pre-activation to the mean of the output.
  Activation activation();

  /// Whether each pass draws a random word for each such neuron.
  default boolean random() {
    return !(this instanceof Deterministic);
  }

  /// The parameter of the output's distribution: P(b is the upper of its two values) of a p-bit,
  /// the mean of others.
  double parameter(double preActivation);

  /// The output for a parameter and a uniform number in [0, 1).
  double draw(double parameter, double uniform);

  /// The mean of the outputs with a parameter.
  default double mean(double parameter) {
    return parameter;
  }

  /// Bits that carry one output of this neuron: 1 for a p-bit, 32 for a real number.
  int bits();

  /// The deterministic 32-bit neuron of the same mean.
  default Neuron twin() {
    return deterministic(activation());
  }

  /// f(I), in 32 bits or rounded to 2^bits uniform levels on f's range.
  ///
  /// @param bits 32, or 1 to 16 for a bounded activation
  /// @param slope of a leaky ReLU where I is negative, 0 to 1; of the others 0.01, which is the
  ///   usual
  record Deterministic(Activation activation, int bits, double slope) implements Neuron {
    public static final int FULL = 32;

    /// With the usual slope of a leaky ReLU.
    public Deterministic(Activation activation, int bits) {
      this(activation, bits, Activation.SLOPE);
    }

    public Deterministic {
      if (!(slope >= 0 && slope <= 1)) {
        throw new IllegalArgumentException("slope must be 0 to 1, got " + slope);
      }
      if (slope != Activation.SLOPE && activation != Activation.LEAKY_RELU) {
        throw new IllegalArgumentException(activation + " has no slope; leaky-relu has");
      }
      if (bits != FULL && (bits < 1 || bits > 16)) {
        throw new IllegalArgumentException("bits must be 1 to 16, or 32, got " + bits);
      }
      if (bits != FULL && !activation.bounded()) {
        throw new IllegalArgumentException(
            activation
                + " has no bounded range for %s-bit levels; use sigmoid, tanh or clip"
                    .formatted(bits));
      }
    }

    /// The output for a pre-activation; halves are rounded up.
    public double apply(double preActivation) {
      double value =
          activation == Activation.LEAKY_RELU
              ? Activation.leaky(preActivation, slope)
              : activation.apply(preActivation);
      if (bits == FULL) {
        return value;
      }
      double low = activation.lowest();
      double steps = (1 << bits) - 1;
      double level = Math.floor((value - low) / (1 - low) * steps + 0.5);
      return low + level / steps * (1 - low);
    }

    @Override
    public double parameter(double preActivation) {
      return apply(preActivation);
    }

    @Override
    public double draw(double parameter, double uniform) {
      return parameter;
    }

    @Override
    public Neuron twin() {
      return new Deterministic(activation, FULL, slope);
    }

    @Override
    public String toString() {
      if (slope != Activation.SLOPE) {
        return activation + ":" + slope;
      }
      return bits == FULL ? activation.toString() : activation + ":" + bits + "bit";
    }
  }

  /// A binary stochastic neuron (paper, section 2). With sigmoid: b = 1[u < sigmoid(I)] in {0, 1};
  /// with clip: b = 1[u < clip(I)] in {0, 1}; with tanh: b = +1 if u < (1 + tanh(I)) / 2, else -1.
  /// The mean of b is the activation.
  record PBit(Activation activation) implements Neuron {
    public PBit {
      if (!activation.bounded()) {
        throw new IllegalArgumentException(
            "a p-bit needs sigmoid, tanh or clip, whose value is a mean of bits, got "
                + activation);
      }
    }

    @Override
    public double parameter(double preActivation) {
      return switch (activation) {
        case SIGMOID, CLIP -> activation.apply(preActivation);
        case TANH -> Activation.SIGMOID.apply(2 * preActivation);
        default -> throw new IllegalStateException(activation + " has no p-bit");
      };
    }

    @Override
    public double draw(double parameter, double uniform) {
      int up = uniform < parameter ? 1 : 0;
      return activation.signed() ? 2 * up - 1 : up;
    }

    @Override
    public double mean(double parameter) {
      return activation.signed() ? 2 * parameter - 1 : parameter;
    }

    @Override
    public int bits() {
      return 1;
    }

    @Override
    public String toString() {
      return "pbit:" + activation;
    }
  }

  /// A deterministic neuron with noise on its output (paper, figure 2c): f(I) + amplitude * r, r
  /// uniform in [-1, 1).
  record Noisy(Activation activation, double amplitude) implements Neuron {
    public Noisy {
      if (!(amplitude >= 0 && amplitude <= 1000)) {
        throw new IllegalArgumentException("amplitude must be 0 to 1000, got " + amplitude);
      }
    }

    @Override
    public double parameter(double preActivation) {
      return activation.apply(preActivation);
    }

    @Override
    public double draw(double parameter, double uniform) {
      return parameter + amplitude * (2 * uniform - 1);
    }

    @Override
    public int bits() {
      return Deterministic.FULL;
    }

    @Override
    public String toString() {
      return "noisy:" + activation + ":" + amplitude;
    }
  }

  /// A deterministic 32-bit neuron.
  static Neuron deterministic(Activation activation) {
    return new Deterministic(activation, Deterministic.FULL);
  }

  /// Reads notation.
  ///
  /// @throws IllegalArgumentException naming what is not understood and what would be
  static Neuron parse(String notation) {
    String shown = Printable.of(notation);
    String[] parts = shown.strip().toLowerCase(Locale.ROOT).split(":", -1);
    try {
      if (parts[0].equals("pbit") && parts.length == 2) {
        return new PBit(Activation.parse(parts[1]));
      }
      if (parts[0].equals("noisy") && parts.length == 3) {
        return new Noisy(Activation.parse(parts[1]), Double.parseDouble(parts[2]));
      }
      if (parts.length == 2 && parts[1].endsWith("bit")) {
        String bits = parts[1].substring(0, parts[1].length() - "bit".length());
        return new Deterministic(Activation.parse(parts[0]), Integer.parseInt(bits));
      }
      if (parts.length == 2) {
        Activation activation = Activation.parse(parts[0]);
        return new Deterministic(activation, Deterministic.FULL, Double.parseDouble(parts[1]));
      }
      if (parts.length == 1) {
        return deterministic(Activation.parse(parts[0]));
      }
      throw new IllegalArgumentException("too many parts");
    } catch (IllegalArgumentException e) {
      String fault = e instanceof NumberFormatException ? "no number" : e.getMessage();
      throw new IllegalArgumentException(
          "'%s' is not a neuron (%s); use sigmoid, tanh, clip, relu, identity, sigmoid:3bit, "
                  .formatted(shown, fault)
              + "pbit:sigmoid, pbit:tanh, pbit:clip or noisy:tanh:0.5",
          e);
    }
  }
}
