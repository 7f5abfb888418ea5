package org.pdnn.circuit.accelerator;

import java.util.Map;

/// What the test benches of circuits have in common: templates in Verilog, and lines of words.
public final class BenchText {
  /// The module.
  public static final String NAME = "bench";

  /// Counts cycles in `cycles` and `waited`, and ends a simulation that hangs.
  private static final String TICK =
      """
      always #5 clk = ~clk;

      // A clock edge; inputs change half a cycle before it.
      task tick;
        begin
          if (busy === 1'b1) cycles = cycles + 1;
          waited = waited + 1;
          if (waited > @MOST@) begin
            $display("FAIL: @WHAT@ %0d is not done after @MOST@ cycles", @WHAT@_index);
            $finish;
          end
          @(negedge clk);
        end
      endtask
      """;

  private BenchText() {}

  /// A template with its values.
  ///
  /// @param what is done again and again, as in `read` with the variable `read_index`
  /// @param most cycles for which the bench waits for one
  /// @param values by their marks
  public static String of(String template, String what, long most, Map<String, Object> values) {
    String text =
        template
            .replace("@TICK@", TICK.indent(2).strip())
            .replace("@WHAT@", what)
            .replace("@MOST@", String.valueOf(most));
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue().toString());
    }
    return text;
  }

  /// The range of a port's bits in its declaration, with a space after it.
  public static String range(int width) {
    return width == 1 ? "" : "[%s:0] ".formatted(width - 1);
  }
}
