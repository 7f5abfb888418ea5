package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.pdnn.circuit.Expression.Operator;
import org.pdnn.circuit.Expression.Relation;

/// Circuits without inputs whose every part is drawn: expressions of all kinds and widths,
/// registers with enables and clears, a memory, and an instance of another such circuit with
/// inputs.
final class RandomCircuits {
  private final Random random;
  private final List<Part> parts = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();

  private RandomCircuits(Random random) {
    this.random = random;
  }

  /// A circuit with outputs `valid` and `result`.
  static Circuit of(int seed) {
    RandomCircuits draft = new RandomCircuits(new Random(seed));
    List<Part.Register> registers = draft.registers(5);
    draft.memory();
    draft.wires("wire", 6);
    draft.instance("inner" + seed);
    draft.wires("late", 6);
    registers.forEach(draft::drive);
    Signal valid = new Signal("valid", 1);
    Signal result = new Signal("result", 64);
    draft.parts.add(new Part.Note("what is shown"));
    draft.parts.add(new Part.Wire(valid, Part.ALWAYS));
    Expression all = Expression.constant(seed, 64);
    for (Signal signal : draft.signals) {
      Signal stirred = new Signal("stirred_" + signal.name(), 64);
      Stimulus.stir(draft.parts, stirred, all.xor(signal.extended(64)));
      all = stirred;
    }
    draft.parts.add(new Part.Wire(result, all));
    return new Circuit("random" + seed, "Drawn.", List.of(), draft.parts, List.of(valid, result));
  }

  /// Many of them in one, whose results are stirred together.
  static Circuit all(int seed, int count) {
    List<Part> parts = new ArrayList<>();
    Expression all = Expression.constant(seed, 64);
    for (int i = seed; i < seed + count; i++) {
      Signal valid = new Signal("valid" + i, 1);
      Signal result = new Signal("result" + i, 64);
      parts.add(
          new Part.Instance("part" + i, of(i), Map.of(), Map.of("valid", valid, "result", result)));
      Signal stirred = new Signal("stirred" + i, 64);
      Stimulus.stir(parts, stirred, all.xor(result));
      all = valid.choose(stirred, all);
    }
    Signal valid = new Signal("valid", 1);
    Signal result = new Signal("result", 64);
    parts.add(new Part.Wire(valid, Part.ALWAYS));
    parts.add(new Part.Wire(result, all));
    return new Circuit("many", "Drawn.", List.of(), parts, List.of(valid, result));
  }

  private int width() {
    return random.nextInt(5) == 0 ? 64 : 1 + random.nextInt(40);
  }

  private Signal signal(String name) {
    return new Signal(name, width());
  }

  /// Declared first, driven last, so that all else may read them.
  private List<Part.Register> registers(int count) {
    List<Part.Register> registers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Signal signal = signal("state" + i);
      signals.add(signal);
      registers.add(new Part.Register(signal, random.nextLong() >> (64 - signal.width()), signal));
    }
    return registers;
  }

  private void drive(Part.Register register) {
    Expression next =
        drawn(register.signal().width(), 3)
            .xor(register.signal())
            .plus(Expression.constant(1, register.signal().width()));
    Expression clear = random.nextBoolean() ? Part.NEVER : drawn(1, 3).and(drawn(1, 3));
    Expression enable = random.nextBoolean() ? Part.ALWAYS : drawn(1, 2);
    parts.add(new Part.Register(register.signal(), register.reset(), clear, enable, next));
  }

  private void wires(String name, int count) {
    for (int i = 0; i < count; i++) {
      Signal signal = signal(name + i);
      parts.add(new Part.Wire(signal, drawn(signal.width(), 4)));
      signals.add(signal);
    }
  }

  /// A power of two of words, as what lies beyond is unknown elsewhere.
  private void memory() {
    int width = width();
    List<Long> contents = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      contents.add(random.nextLong() >> (64 - width));
    }
    Signal first = new Signal("first", width);
    Signal second = new Signal("second", width);
    Part.Write write = new Part.Write(drawn(1, 2), drawn(4, 2), drawn(width, 2));
    List<Part.Read> reads =
        List.of(new Part.Read(first, drawn(4, 2)), new Part.Read(second, drawn(4, 2)));
    parts.add(new Part.Memory("words", width, contents, Optional.of(write), reads));
    // Read after the memory alone: before the first edge nobody knows what it gives.
    for (Signal data : List.of(first, second)) {
      Signal known = new Signal(data.name() + "_held", width);
      Signal ready = new Signal(data.name() + "_ready", 1);
      parts.add(new Part.Register(ready, 0, Part.ALWAYS));
      parts.add(new Part.Wire(known, ready.choose(data, Expression.constant(0, width))));
      signals.add(known);
    }
  }

  private void instance(String name) {
    RandomCircuits draft = new RandomCircuits(random);
    List<Signal> inputs = List.of(draft.signal("in0"), draft.signal("in1"));
    draft.signals.addAll(inputs);
    List<Part.Register> registers = draft.registers(2);
    draft.wires("wire", 3);
    registers.forEach(draft::drive);
    List<Signal> outputs = List.of(draft.signals.get(2), draft.signals.getLast());
    Circuit circuit = new Circuit(name, "Drawn.", inputs, draft.parts, outputs);
    Map<String, Expression> fed = new HashMap<>();
    inputs.forEach(port -> fed.put(port.name(), drawn(port.width(), 2)));
    Map<String, Signal> given = new HashMap<>();
    outputs.forEach(port -> given.put(port.name(), new Signal("of_" + port.name(), port.width())));
    parts.add(new Part.Instance("inner", circuit, fed, given));
    outputs.forEach(port -> signals.add(new Signal("of_" + port.name(), port.width())));
  }

  private Expression drawn(int width, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return random.nextInt(6) == 0
          ? Expression.constant(random.nextLong() >> (64 - width), width)
          : fitted(signals.get(random.nextInt(signals.size())), width);
    }
    int less = depth - 1;
    switch (random.nextInt(9)) {
      case 0 -> {
        return new Expression.Not(drawn(width, less));
      }
      case 1, 2 -> {
        Operator[] operators = Operator.values();
        Operator operator = operators[random.nextInt(operators.length)];
        return new Expression.Operation(operator, drawn(width, less), drawn(width, less));
      }
      case 3 -> {
        return new Expression.Mux(drawn(1, less), drawn(width, less), drawn(width, less));
      }
      case 4 -> {
        int left = 1 + random.nextInt(32);
        int right = 1 + random.nextInt(32);
        return fitted(
            new Expression.Product(drawn(left, less), drawn(right, less), random.nextBoolean()),
            width);
      }
      case 5 -> {
        Relation[] relations = Relation.values();
        int each = width();
        Relation relation = relations[random.nextInt(relations.length)];
        return fitted(
            new Expression.Comparison(relation, drawn(each, less), drawn(each, less)), width);
      }
      case 6 -> {
        if (width == 1) {
          return drawn(1, less).not();
        }
        int upper = 1 + random.nextInt(width - 1);
        return Expression.concat(drawn(upper, less), drawn(width - upper, less));
      }
      case 7 -> {
        return fitted(drawn(width(), less), width);
      }
      default -> {
        return drawn(width, less)
            .shiftedLeft(random.nextInt(width))
            .shiftedRightSigned(random.nextInt(width));
      }
    }
  }

  private Expression fitted(Expression expression, int width) {
    if (expression.width() <= width) {
      return new Expression.Extension(expression, width, random.nextBoolean());
    }
    int low = random.nextInt(expression.width() - width + 1);
    return new Expression.Slice(expression, low + width - 1, low);
  }
}
