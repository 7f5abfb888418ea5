package org.pdnn.network;

import org.pdnn.names.Choice;

/// The function between a neuron's pre-activation I and the mean of its output.
public enum Activation {
  /// I itself.
  IDENTITY(Range.UNBOUNDED) {
    @Override
    public double apply(double preActivation) {
      return preActivation;
    }
  },
  /// max(0, I).
  RELU(Range.UNBOUNDED) {
    @Override
    public double apply(double preActivation) {
      return Math.max(0, preActivation);
    }
  },
  /// 1 / (1 + exp(-I)), between 0 and 1.
  SIGMOID(Range.UNIT) {
    @Override
    public double apply(double preActivation) {
      return 1 / (1 + Exponential.exp(-preActivation));
    }
  },
  /// tanh(I) = 2 sigmoid(2 I) - 1, between -1 and 1.
  TANH(Range.SIGNED) {
    @Override
    public double apply(double preActivation) {
      return 2 / (1 + Exponential.exp(-2 * preActivation)) - 1;
    }
  },
  /// I clipped to [0, 1]: min(max(I, 0), 1). A hard sigmoid, a ReLU with a ceiling and, over inputs
  /// that are known to be bounded, a ReLU are this one with scaled weights.
  CLIP(Range.UNIT) {
    @Override
    public double apply(double preActivation) {
      return Math.clamp(preActivation, 0.0, 1.0);
    }
  },
  /// I, or 0.01 I where that is negative: the slope that PyTorch and ONNX take by default.
  LEAKY_RELU(Range.UNBOUNDED) {
    @Override
    public double apply(double preActivation) {
      return leaky(preActivation, SLOPE);
    }
  },
  /// I, or exp(I) - 1 where that is negative (D. Clevert et al., ICLR 2016).
  ELU(Range.UNBOUNDED) {
    @Override
    public double apply(double preActivation) {
      return preActivation >= 0 ? preActivation : Exponential.exp(preActivation) - 1;
    }
  },
  /// 1.0507 elu(I), with 1.6733 times what is negative (G. Klambauer et al., NIPS 2017).
  SELU(Range.UNBOUNDED) {
    @Override
    public double apply(double preActivation) {
      double scale = 1.0507009873554805;
      double alpha = 1.6732632423543772;
      return preActivation >= 0
          ? scale * preActivation
          : scale * alpha * (Exponential.exp(preActivation) - 1);
    }
  },
  /// I Phi(I), Phi the normal distribution function, within 4e-7 (D. Hendrycks, K. Gimpel,
  /// "Gaussian error linear units", 2016).
  GELU(Range.FALLING) {
    @Override
    public double apply(double preActivation) {
      return preActivation * ErrorFunction.normal(preActivation);
    }
  },
  /// The usual approximation of gelu, which differs from it by up to 5e-4: I (1 + tanh(u)) / 2 with
  /// u = sqrt(2 / pi) (I + 0.044715 I^3).
  GELU_TANH(Range.FALLING) {
    @Override
    public double apply(double preActivation) {
      double cubic = preActivation + 0.044715 * preActivation * preActivation * preActivation;
      return preActivation / (1 + Exponential.exp(-2 * Math.sqrt(2 / Math.PI) * cubic));
    }
  },
  /// I sigmoid(I), also called swish.
  SILU(Range.FALLING) {
    @Override
    public double apply(double preActivation) {
      return preActivation / (1 + Exponential.exp(-preActivation));
    }
  },
  /// I clip(I / 6 + 1 / 2) (A. Howard et al., "Searching for MobileNetV3", ICCV 2019).
  HARD_SWISH(Range.FALLING) {
    @Override
    public double apply(double preActivation) {
      return preActivation * Math.clamp(preActivation / 6 + 0.5, 0.0, 1.0);
    }
  };

  /// The usual slope of a leaky ReLU.
  static final double SLOPE = 0.01;

  /// A leaky ReLU of any slope.
  static double leaky(double preActivation, double slope) {
    return preActivation >= 0 ? preActivation : slope * preActivation;
  }

  /// Where the outputs lie.
  private enum Range {
    UNBOUNDED,
    /// Unbounded, and falling before it rises.
    FALLING,
    /// From 0 to 1.
    UNIT,
    /// From -1 to 1.
    SIGNED
  }

  private final Range range;

  Activation(Range range) {
    this.range = range;
  }

  /// The function's value. The same bits on every machine.
  public abstract double apply(double preActivation);

  /// Whether the outputs lie in a bounded range, so that they can be given levels or be a
  /// probability.
  public boolean bounded() {
    return range == Range.UNIT || range == Range.SIGNED;
  }

  /// Whether the outputs never fall as the pre-activation rises, so that the greatest of several is
  /// that of the greatest pre-activation.
  public boolean rising() {
    return range != Range.FALLING;
  }

  /// Whether a p-bit with this mean is -1 or +1, as with tanh, not 0 or 1.
  public boolean signed() {
    return range == Range.SIGNED;
  }

  /// The least output of a bounded function: 0 for sigmoid and clip, -1 for tanh.
  public double lowest() {
    return switch (range) {
      case UNIT -> 0;
      case SIGNED -> -1;
      case UNBOUNDED, FALLING -> throw new IllegalStateException(this + " has no bounded range");
    };
  }

  /// The function of a name in notation.
  static Activation parse(String name) {
    for (Activation activation : values()) {
      if (activation.toString().equals(name)) {
        return activation;
      }
    }
    throw new IllegalArgumentException("no activation is called '" + name + "'");
  }

  /// The name in notation, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
