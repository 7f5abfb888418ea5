package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.List;

/// The parts of a circuit as they are listed.
public final class Wiring {
  private final List<Part> parts = new ArrayList<>();

  /// Without parts yet.
  public Wiring() {}

  /// Those that were added, in their order.
  public List<Part> parts() {
    return parts;
  }

  public void add(Part part) {
    parts.add(part);
  }

  /// A comment before the parts that follow.
  public void note(String text) {
    parts.add(new Part.Note(text));
  }

  /// A name for an expression.
  public Signal wire(String name, Expression value) {
    Signal signal = new Signal(name, value.width());
    parts.add(new Part.Wire(signal, value));
    return signal;
  }

  /// The same a cycle later.
  public Signal delayed(String name, Expression value) {
    Signal signal = new Signal(name, value.width());
    parts.add(new Part.Register(signal, 0, value));
    return signal;
  }

  /// A counter of a step of 1.
  public void counter(Signal count, Expression clear, Expression enable) {
    parts.add(new Part.Register(count, 0, clear, enable, next(count)));
  }

  /// One more, which wraps.
  public static Expression next(Expression count) {
    return count.plus(Expression.constant(1, count.width()));
  }

  /// Whether a number has a value.
  public static Expression is(Expression number, long value) {
    return number.equalTo(Expression.constant(value, number.width()));
  }

  /// The choice that a number says; any where there are fewer.
  ///
  /// @param number whose bits from the `lowest` on count
  /// @param choices at least one, at most as many as those bits have values
  public static Expression chosen(
      Expression number, int lowest, List<? extends Expression> choices) {
    List<Expression> left = new ArrayList<>(choices);
    for (int bit = lowest; left.size() > 1; bit++) {
      List<Expression> next = new ArrayList<>();
      for (int i = 0; i + 1 < left.size(); i += 2) {
        next.add(number.bit(bit).choose(left.get(i + 1), left.get(i)));
      }
      if (left.size() % 2 != 0) {
        next.add(left.getLast());
      }
      left = next;
    }
    return left.getFirst();
  }

  /// Bits of numbers up to this.
  public static int bits(long most) {
    return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(most));
  }
}
