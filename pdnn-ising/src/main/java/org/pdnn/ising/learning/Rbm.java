package org.pdnn.ising.learning;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.names.Limits;
import org.pdnn.names.Printable;
import org.pdnn.network.Activation;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// A restricted Boltzmann machine: visible bits v and hidden bits h of 0 or 1 with the energy
///
/// E(v, h) = -b v - c h - h W v.
///
/// Given the one side, the bits of the other are independent: each is a sigmoid p-bit, as in the
/// paper's network. The last visible bits may be labels, one for each class, of which one is 1: a
/// joint machine of images and classes (H. Larochelle, Y. Bengio, ICML 2008).
///
/// In notation, `rbm:784-500`, or `rbm:784+10-500` with ten labels.
///
/// @param weight W, of shape (hidden, visible)
/// @param hiddenBias c
/// @param visibleBias b
/// @param labels how many of the visible bits, the last ones, are labels
public record Rbm(Tensor weight, Tensor hiddenBias, Tensor visibleBias, int labels) {
  private static final Pattern NOTATION =
      Pattern.compile("rbm:([0-9]{1,9})(?:\\+([0-9]{1,9}))?-([0-9]{1,9})");

  /// @throws IllegalArgumentException unless the shapes fit together
  public Rbm {
    if (weight.shape().rank() != 2
        || !hiddenBias.shape().equals(Shape.of(weight.shape().dimension(0)))
        || !visibleBias.shape().equals(Shape.of(weight.shape().dimension(1)))) {
      throw new IllegalArgumentException(
          "a weight of (hidden, visible) needs as many biases, got %s, %s and %s"
              .formatted(weight.shape(), hiddenBias.shape(), visibleBias.shape()));
    }
    Limits.between("labels", 0, weight.shape().dimension(1) - 1, labels);
  }

  /// A machine of zeros, as notation describes it.
  ///
  /// @throws IllegalArgumentException naming what is not understood and what would be
  public static Rbm parse(String notation) {
    Matcher matcher = NOTATION.matcher(notation);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a restricted Boltzmann machine; use rbm:784-500, or rbm:784+10-500 with labels"
              .formatted(Printable.of(notation)));
    }
    int labels = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return of(Integer.parseInt(matcher.group(1)), labels, Integer.parseInt(matcher.group(3)));
  }

  /// A machine of zeros.
  ///
  /// @param pixels visible bits that are no labels
  public static Rbm of(int pixels, int labels, int hidden) {
    Limits.atLeast("labels", 0, labels);
    Limits.atLeast("visible bits that are no labels", 1, pixels);
    int visible = Math.addExact(pixels, labels);
    return new Rbm(
        Tensor.filled(Shape.of(hidden, visible), 0),
        Tensor.filled(Shape.of(hidden), 0),
        Tensor.filled(Shape.of(visible), 0),
        labels);
  }

  /// Number of visible bits, labels included.
  public int visible() {
    return visibleBias.size();
  }

  /// Number of hidden bits.
  public int hidden() {
    return hiddenBias.size();
  }

  /// Number of visible bits that are no labels.
  public int pixels() {
    return visible() - labels;
  }

  /// The input of a hidden p-bit: its bias, and the weights of the visible bits, in their order.
  ///
  /// @param visible bits, or the means of bits
  public float hiddenInput(int unit, float[] visible) {
    float input = hiddenBias.get(unit);
    for (int i = 0; i < visible.length; i++) {
      input += visible[i] * weight.get(unit * visible() + i);
    }
    return input;
  }

  /// The input of a visible p-bit, likewise.
  public float visibleInput(int unit, float[] hidden) {
    float input = visibleBias.get(unit);
    for (int j = 0; j < hidden.length; j++) {
      input += hidden[j] * weight.get(j * visible() + unit);
    }
    return input;
  }

  /// The probability that a p-bit is 1, in 32 bits.
  public static float probability(float input) {
    return (float) Activation.SIGMOID.apply(input);
  }

  /// The energy of a state.
  public double energy(float[] visible, float[] hidden) {
    double energy = 0;
    for (int i = 0; i < visible.length; i++) {
      energy -= (double) visibleBias.get(i) * visible[i];
    }
    for (int j = 0; j < hidden.length; j++) {
      energy -= (double) hiddenInput(j, visible) * hidden[j];
    }
    return energy;
  }

  /// The free energy of the visible bits: F(v) = -b v - sum over j of log(1 + exp(I_j)), so that
  /// p(v) = exp(-F(v)) / Z.
  public double freeEnergy(float[] visible) {
    double energy = 0;
    for (int i = 0; i < visible.length; i++) {
      energy -= (double) visibleBias.get(i) * visible[i];
    }
    for (int j = 0; j < hidden(); j++) {
      energy -= softplus(hiddenInput(j, visible));
    }
    return energy;
  }

  /// log(1 + exp(x)).
  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /// The energy as a quadratic form, visible bits first: an Ising model whose spins are up where
  /// bits are 1, and a constant. So what samples a model samples the machine, at beta 1.
  public QuadraticForm form() {
    QuadraticForm form = new QuadraticForm(visible() + hidden());
    for (int i = 0; i < visible(); i++) {
      form.add(i, -visibleBias.get(i));
    }
    for (int j = 0; j < hidden(); j++) {
      form.add(visible() + j, -hiddenBias.get(j));
      for (int i = 0; i < visible(); i++) {
        form.add(i, visible() + j, -weight.get(j * visible() + i));
      }
    }
    return form;
  }

  /// The notation.
  @Override
  public String toString() {
    return "rbm:%s%s-%s".formatted(pixels(), labels == 0 ? "" : "+" + labels, hidden());
  }
}
