package org.pdnn.circuit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Wire;

/// Which inputs of a circuit a signal depends on within a cycle. A signal that depends on itself is
/// refused: it would have no value, or two.
final class Paths {
  private final String circuit;
  private final Map<Signal, List<Expression>> sources = new HashMap<>();
  private final Map<Signal, Set<Signal>> found = new HashMap<>();
  private final LinkedHashSet<Signal> open = new LinkedHashSet<>();

  private Paths(String circuit, List<Signal> inputs, List<Part> parts) {
    this.circuit = circuit;
    inputs.forEach(input -> found.put(input, Set.of(input)));
    for (Part part : parts) {
      if (part instanceof Wire(Signal signal, Expression value)) {
        sources.put(signal, List.of(value));
      } else if (part instanceof Instance instance) {
        Circuit inner = instance.circuit();
        Paths paths = new Paths(inner.name(), inner.inputs(), inner.parts());
        for (Signal output : inner.outputs()) {
          sources.put(
              instance.output(output), paths.of(output).stream().map(instance::input).toList());
        }
      }
    }
  }

  /// Refuses circles.
  static void check(String circuit, List<Signal> inputs, List<Part> parts) {
    Paths paths = new Paths(circuit, inputs, parts);
    paths.sources.keySet().forEach(paths::of);
  }

  /// The inputs on which a signal depends within a cycle.
  private Set<Signal> of(Signal signal) {
    Set<Signal> known = found.get(signal);
    if (known != null) {
      return known;
    }
    if (!open.add(signal)) {
      List<Signal> circle = open.stream().dropWhile(other -> !other.equals(signal)).toList();
      throw new IllegalArgumentException(
          "%s: %s forms a circle without a register".formatted(circuit, circle));
    }
    Set<Signal> inputs = new HashSet<>();
    sources.getOrDefault(signal, List.of()).forEach(source -> collect(source, inputs));
    open.remove(signal);
    found.put(signal, inputs);
    return inputs;
  }

  private void collect(Expression expression, Set<Signal> inputs) {
    if (expression instanceof Signal signal) {
      inputs.addAll(of(signal));
    }
    expression.operands().forEach(operand -> collect(operand, inputs));
  }
}
