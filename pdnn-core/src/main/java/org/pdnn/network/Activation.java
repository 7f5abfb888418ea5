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
  };

  /// Where the outputs lie.
  private enum Range {
    UNBOUNDED,
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
    return range != Range.UNBOUNDED;
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
      case UNBOUNDED -> throw new IllegalStateException(this + " has no bounded range");
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
