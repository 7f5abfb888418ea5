package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Signal;

/// The parts of a circuit as they are listed.
final class Wiring {
  private final List<Part> parts = new ArrayList<>();

  List<Part> parts() {
    return parts;
  }

  void add(Part part) {
    parts.add(part);
  }

  void note(String text) {
    parts.add(new Part.Note(text));
  }

  /// A name for an expression.
  Signal wire(String name, Expression value) {
    Signal signal = new Signal(name, value.width());
    parts.add(new Part.Wire(signal, value));
    return signal;
  }

  /// The same a cycle later.
  Signal delayed(String name, Expression value) {
    Signal signal = new Signal(name, value.width());
    parts.add(new Part.Register(signal, 0, value));
    return signal;
  }

  /// A counter of a step of 1.
  void counter(Signal count, Expression clear, Expression enable) {
    parts.add(new Part.Register(count, 0, clear, enable, next(count)));
  }

  static Expression next(Expression count) {
    return count.plus(Expression.constant(1, count.width()));
  }

  static Expression is(Expression number, long value) {
    return number.equalTo(Expression.constant(value, number.width()));
  }
}
