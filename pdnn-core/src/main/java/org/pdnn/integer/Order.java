package org.pdnn.integer;

import java.util.stream.IntStream;

/// An order of units. Immutable.
public final class Order {
  private final int[] from;

  private Order(int[] from) {
    this.from = from;
  }

  /// The values of one image as those of another of the same size, in PyTorch's order.
  static Order of(Values before, Values after) {
    int[] from = new int[after.units()];
    for (int index = 0; index < from.length; index++) {
      from[after.unit(index)] = before.unit(index);
    }
    return new Order(from);
  }

  /// The unit that moves to a place.
  public int from(int unit) {
    return from[unit];
  }

  public int size() {
    return from.length;
  }

  boolean asIs() {
    return IntStream.range(0, from.length).allMatch(i -> from[i] == i);
  }
}
