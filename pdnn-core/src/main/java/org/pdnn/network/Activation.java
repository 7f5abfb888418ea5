package org.pdnn.network;

import java.util.Locale;

/// The function between a neuron's pre-activation I and the mean of its output.
public enum Activation {
  /// I itself.
  IDENTITY {
    @Override
    public double apply(double preActivation) {
      return preActivation;
    }
  },
  /// max(0, I).
  RELU {
    @Override
    public double apply(double preActivation) {
      return Math.max(0, preActivation);
    }
  },
  /// 1 / (1 + exp(-I)), between 0 and 1.
  SIGMOID {
    @Override
    public double apply(double preActivation) {
      return 1 / (1 + Exponential.exp(-preActivation));
    }
  },
  /// tanh(I) = 2 sigmoid(2 I) - 1, between -1 and 1.
  TANH {
    @Override
    public double apply(double preActivation) {
      return 2 / (1 + Exponential.exp(-2 * preActivation)) - 1;
    }
  };

  /// The function's value. The same bits on every machine.
  public abstract double apply(double preActivation);

  /// Whether the outputs lie in a bounded range, so that they can be given levels or be a
  /// probability.
  public boolean bounded() {
    return this == SIGMOID || this == TANH;
  }

  /// The least output of a bounded function: 0 for sigmoid, -1 for tanh.
  public double lowest() {
    if (!bounded()) {
      throw new IllegalStateException(this + " has no bounded range");
    }
    return this == SIGMOID ? 0 : -1;
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
    return name().toLowerCase(Locale.ROOT);
  }
}
