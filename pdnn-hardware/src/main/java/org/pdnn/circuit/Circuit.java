package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;

/// A synchronous circuit as data: one clock, which edges replace registers and memory at, and a
/// synchronous reset. [Verilog] writes it and [Emulator] runs it.
///
/// Every signal that is read is an input or driven once, wires before they are read; no signal
/// depends on itself but through a register or a memory.
///
/// @param name of the module
/// @param comment what it is, one line
public record Circuit(
    String name, String comment, List<Signal> inputs, List<Part> parts, List<Signal> outputs) {
  public Circuit {
    Identifier.checked(name);
    Part.comment(comment);
    inputs = List.copyOf(inputs);
    parts = List.copyOf(parts);
    outputs = List.copyOf(outputs);
    Map<String, Signal> driven = driven(name, inputs, parts);
    for (Part part : parts.reversed()) {
      if (part instanceof Wire(Signal signal, Expression _)) {
        driven.remove(signal.name());
      }
      for (Expression expression : expressions(part)) {
        known(name, driven, expression);
      }
    }
    driven = driven(name, inputs, parts);
    for (Signal output : outputs) {
      known(name, driven, output);
      if (inputs.contains(output)) {
        throw new IllegalArgumentException(
            "%s: the input %s cannot be an output too".formatted(name, output));
      }
    }
    Paths.check(name, inputs, parts);
  }

  /// All names, each taken once, and the signals among them.
  private static Map<String, Signal> driven(String circuit, List<Signal> inputs, List<Part> parts) {
    Map<String, Signal> driven = new HashMap<>();
    List<Signal> signals = new ArrayList<>(inputs);
    parts.forEach(part -> signals.addAll(part.drives()));
    for (Signal signal : signals) {
      if (driven.put(signal.name(), signal) != null) {
        throw new IllegalArgumentException(
            "%s: %s is driven twice".formatted(circuit, signal.name()));
      }
    }
    List<String> others = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Memory memory -> others.add(memory.name());
        case Instance instance -> others.add(instance.name());
        case Wire _, Register _, Note _ -> {}
      }
    }
    for (String other : others) {
      if (driven.containsKey(other) || others.indexOf(other) != others.lastIndexOf(other)) {
        throw new IllegalArgumentException(
            "%s: two parts have the name %s".formatted(circuit, other));
      }
    }
    return driven;
  }

  private static void known(String circuit, Map<String, Signal> driven, Expression expression) {
    if (expression instanceof Signal signal) {
      Signal found = driven.get(signal.name());
      if (found == null) {
        throw new IllegalArgumentException(
            "%s: nothing before drives %s".formatted(circuit, signal.name()));
      }
      if (found.width() != signal.width()) {
        throw new IllegalArgumentException(
            "%s: %s has %s bits and is read as %s"
                .formatted(circuit, signal.name(), found.width(), signal.width()));
      }
    }
    expression.operands().forEach(operand -> known(circuit, driven, operand));
  }

  /// The expressions that a part reads.
  static List<Expression> expressions(Part part) {
    List<Expression> read = new ArrayList<>();
    switch (part) {
      case Wire wire -> read.add(wire.value());
      case Register register ->
          read.addAll(List.of(register.clear(), register.enable(), register.next()));
      case Memory memory -> {
        memory
            .write()
            .ifPresent(port -> read.addAll(List.of(port.enable(), port.address(), port.data())));
        memory.reads().forEach(port -> read.add(port.address()));
      }
      case Instance instance ->
          instance.circuit().inputs().forEach(port -> read.add(instance.input(port)));
      case Note _ -> {}
    }
    return read;
  }

  /// Whether it has a reset, and so a clock: whether a register or a memory is written in it.
  public boolean reset() {
    return parts.stream()
        .anyMatch(part ->
            switch (part) {
              case Register _ -> true;
              case Memory memory -> memory.write().isPresent();
              case Instance instance -> instance.circuit().reset();
              case Wire _, Note _ -> false;
            });
  }

  /// Whether it has a clock: whether there is a register or a memory in it.
  public boolean clocked() {
    return parts.stream()
        .anyMatch(part ->
            switch (part) {
              case Register _, Memory _ -> true;
              case Instance instance -> instance.circuit().clocked();
              case Wire _, Note _ -> false;
            });
  }
}
