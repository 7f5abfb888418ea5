package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Signal;

/// The section of a page that says what each port of a circuit is.
public final class PortTable {
  private PortTable() {}

  /// The section.
  ///
  /// @param meanings by port, clock and reset excepted
  /// @throws IllegalArgumentException for a port of which nothing is said
  public static String of(Circuit circuit, Map<String, String> meanings) {
    StringBuilder table =
        new StringBuilder(
            """
            ## Ports

            Everything happens at the rising edge of `clk`.

            | Port | Direction | Bits | What it is |
            |---|---|---|---|
            | `clk` | in | 1 | clock |
            | `rst` | in | 1 | reset at a clock edge, also of the generators: `load` again after it |
            """);
    add(circuit.inputs(), "in", meanings, table);
    add(circuit.outputs(), "out", meanings, table);
    return table.toString();
  }

  private static void add(
      List<Signal> ports, String direction, Map<String, String> meanings, StringBuilder table) {
    for (Signal port : ports) {
      String meaning = meanings.get(port.name());
      if (meaning == null) {
        throw new IllegalArgumentException("nothing says what %s is".formatted(port));
      }
      table.append(
          "| `%s` | %s | %s | %s |\n".formatted(port.name(), direction, port.width(), meaning));
    }
  }
}
