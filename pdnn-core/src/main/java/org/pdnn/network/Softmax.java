package org.pdnn.network;

/// The softmax over the channels of each position: exp(x) divided by the sum of all exp(x). The
/// logits that a network ends with need none: answers are made of their mean.
public record Softmax() implements Scaling {
  @Override
  public Shape output(Shape input) {
    return Scaling.positions(input, input.dimension(0), "softmax");
  }
}
