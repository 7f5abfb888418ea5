package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;

/// One circuit as a Verilog module.
final class VerilogModule {
  private final Circuit circuit;
  private final StringBuilder body = new StringBuilder();
  private final VerilogExpressions expressions;

  /// Those that are not written yet.
  private final List<Register> registers = new ArrayList<>();

  private VerilogModule(Circuit circuit) {
    this.circuit = circuit;
    this.expressions = new VerilogExpressions(circuit, this::declare);
  }

  static String text(Circuit circuit) {
    return new VerilogModule(circuit).text();
  }

  private String text() {
    circuit.parts().forEach(this::state);
    circuit.parts().forEach(this::part);
    writeRegisters();
    circuit.outputs().forEach(expressions::text);
    List<String> unread = expressions.unread();
    if (!unread.isEmpty()) {
      line("");
      line("// What nobody reads.");
      line("wire %s = &{1'b0, %s};".formatted(Identifier.UNUSED, String.join(", ", unread)));
    }
    return "`default_nettype none\n\n// %s\nmodule %s (\n%s\n);\n%sendmodule\n\n`default_nettype wire\n"
        .formatted(circuit.comment(), circuit.name(), String.join(",\n", ports()), body);
  }

  private List<String> ports() {
    List<String> ports = new ArrayList<>();
    if (circuit.clocked()) {
      ports.add("  input wire " + Identifier.CLOCK);
    }
    if (circuit.reset()) {
      ports.add("  input wire " + Identifier.RESET);
    }
    circuit.inputs().forEach(port -> ports.add("  input wire " + declared(port)));
    for (Signal port : circuit.outputs()) {
      ports.add("  output " + (registered(port) ? "reg " : "wire ") + declared(port));
    }
    return ports;
  }

  private boolean registered(Signal port) {
    return circuit.parts().stream()
        .anyMatch(part ->
            (part instanceof Register || part instanceof Memory) && part.drives().contains(port));
  }

  private static String declared(Signal signal) {
    return signal.width() == 1
        ? signal.name()
        : "[%s:0] %s".formatted(signal.width() - 1, signal.name());
  }

  private void line(String line) {
    body.append(line.isEmpty() ? "" : "  ").append(line).append('\n');
  }

  /// A wire for part of an expression.
  private void declare(Signal signal, String value) {
    line("wire %s = %s;".formatted(declared(signal), value));
  }

  /// What is read before the part that drives it.
  private void state(Part part) {
    String kind = part instanceof Instance ? "wire" : "reg";
    switch (part) {
      case Register _, Memory _, Instance _ ->
          inOrder(part)
              .filter(signal -> !circuit.outputs().contains(signal))
              .forEach(signal -> line("%s %s;".formatted(kind, declared(signal))));
      case Wire _, Note _ -> {}
    }
  }

  private static Stream<Signal> inOrder(Part part) {
    return part instanceof Instance instance
        ? instance.circuit().outputs().stream().map(instance::output)
        : part.drives().stream();
  }

  private void part(Part part) {
    if (!(part instanceof Register register && alike(register))) {
      writeRegisters();
    }
    switch (part) {
      case Wire(Signal signal, Expression value) -> {
        String text = expressions.top(signal, value);
        if (circuit.outputs().contains(signal)) {
          line("assign %s = %s;".formatted(signal, text));
        } else {
          declare(signal, text);
        }
      }
      case Register register -> registers.add(register);
      case Memory memory -> memory(memory);
      case Instance instance -> instance(instance);
      case Note(String text) -> {
        if (!body.isEmpty()) {
          line("");
        }
        line("// %s".formatted(text));
      }
    }
  }

  /// Whether a register is cleared and enabled as those before it, which are written together.
  private boolean alike(Register register) {
    return registers.isEmpty()
        || (register.clear().equals(registers.getFirst().clear())
            && register.enable().equals(registers.getFirst().enable()));
  }

  private void writeRegisters() {
    if (registers.isEmpty()) {
      return;
    }
    Register first = registers.getFirst();
    String clear =
        first.clear().equals(Part.NEVER)
            ? ""
            : " | " + expressions.text(first.signal(), first.clear());
    String enable =
        first.enable().equals(Part.ALWAYS)
            ? ""
            : "if (" + expressions.top(first.signal(), first.enable()) + ") ";
    List<String> resets = new ArrayList<>();
    List<String> nexts = new ArrayList<>();
    for (Register register : registers) {
      Signal signal = register.signal();
      Expression reset = Expression.constant(register.reset(), signal.width());
      nexts.add("%s <= %s;".formatted(signal, expressions.top(signal, register.next())));
      resets.add("%s <= %s;".formatted(signal, expressions.text(reset)));
    }
    registers.clear();
    line("always @(posedge %s)".formatted(Identifier.CLOCK));
    branch("if (%s%s) ".formatted(Identifier.RESET, clear), resets);
    branch("else " + enable, nexts);
  }

  private void branch(String condition, List<String> assignments) {
    if (assignments.size() == 1) {
      line("  " + condition + assignments.getFirst());
      return;
    }
    line("  " + condition + "begin");
    assignments.forEach(assignment -> line("    " + assignment));
    line("  end");
  }

  /// Addresses are signals or parts of them: Icarus computes a sum between brackets in more bits.
  private void memory(Memory memory) {
    Signal word = new Signal(memory.name(), memory.width());
    List<String> lines = new ArrayList<>();
    memory
        .write()
        .ifPresent(port ->
            lines.add(
                "  if (~%s & %s) %s[%s] <= %s;"
                    .formatted(
                        Identifier.RESET,
                        expressions.text(word, port.enable()),
                        memory.name(),
                        expressions.text(word, port.address()),
                        expressions.top(word, port.data()))));
    for (Read port : memory.reads()) {
      String address = expressions.text(word, port.address());
      lines.add("  %s <= %s[%s];".formatted(port.data(), memory.name(), address));
    }
    line("reg %s [0:%s];".formatted(declared(word), memory.contents().size() - 1));
    line("initial $readmemh(\"%s\", %s);".formatted(Verilog.image(circuit, memory), memory.name()));
    line("always @(posedge %s) begin".formatted(Identifier.CLOCK));
    lines.forEach(this::line);
    line("end");
  }

  private void instance(Instance instance) {
    Circuit inner = instance.circuit();
    List<String> ports = new ArrayList<>();
    if (inner.clocked()) {
      ports.add(".%1$s(%1$s)".formatted(Identifier.CLOCK));
    }
    if (inner.reset()) {
      ports.add(".%1$s(%1$s)".formatted(Identifier.RESET));
    }
    for (Signal port : inner.inputs()) {
      Signal base = new Signal(instance.name(), port.width());
      ports.add(".%s(%s)".formatted(port, expressions.top(base, instance.input(port))));
    }
    for (Signal port : inner.outputs()) {
      ports.add(".%s(%s)".formatted(port, instance.output(port)));
    }
    line("%s %s (".formatted(inner.name(), instance.name()));
    line("  %s".formatted(String.join(",\n    ", ports)));
    line(");");
  }
}
