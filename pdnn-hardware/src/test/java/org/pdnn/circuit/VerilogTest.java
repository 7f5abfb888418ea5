package org.pdnn.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Part.Write;

class VerilogTest {
  /// All that the writer writes: ports, a sum within an expression, signs, a register with clear
  /// and enable, a memory with its image, and bits that nobody reads.
  @Test
  void aCircuitReadsLikeOneThatWasWrittenByHand() {
    Signal a = new Signal("a", 8);
    Signal go = new Signal("go", 1);
    Signal scaled = new Signal("scaled", 4);
    Signal held = new Signal("held", 8);
    Signal data = new Signal("data", 6);
    Expression mean = a.plus(held).bits(7, 4);
    Circuit circuit =
        new Circuit(
            "sample",
            "Shows all parts.",
            List.of(a, go),
            List.of(
                new Note("A slice of a sum."),
                new Wire(scaled, mean),
                new Register(
                    held,
                    -1,
                    go,
                    go.not(),
                    a.lessThanSigned(held).choose(a, Expression.constant(5, 8))),
                new Memory(
                    "words",
                    6,
                    List.of(1L, 63L, 10L),
                    Optional.of(new Write(go, a.bits(1, 0), a.bits(7, 2))),
                    List.of(new Read(data, a.bits(2, 1))))),
            List.of(scaled, data));
    assertEquals(
        """
        `default_nettype none

        // Shows all parts.
        module sample (
          input wire clk,
          input wire rst,
          input wire [7:0] a,
          input wire go,
          output wire [3:0] scaled,
          output reg [5:0] data
        );
          reg [7:0] held;

          // A slice of a sum.
          wire [7:0] scaled_1 = a + held;
          assign scaled = scaled_1[7:4];
          always @(posedge clk)
            if (rst | go) held <= 8'd255;
            else if (~go) held <= ($signed(a) < $signed(held)) ? a : 8'd5;
          reg [5:0] words [0:2];
          initial $readmemh("sample_words.hex", words);
          always @(posedge clk) begin
            if (~rst & go) words[a[1:0]] <= a[7:2];
            data <= words[a[2:1]];
          end

          // What nobody reads.
          wire unused = &{1'b0, scaled_1[3:0]};
        endmodule

        `default_nettype wire
        """,
        Verilog.of(circuit).files().get("sample.v"));
    assertEquals("01\n3f\n0a\n", Verilog.of(circuit).files().get("sample_words.hex"));
  }

  @Test
  void circuitsOfOneNameAreOneCircuit() {
    Signal a = new Signal("a", 8);
    Signal b = new Signal("b", 8);
    Signal c = new Signal("c", 8);
    Circuit not = new Circuit("inner", "", List.of(a), List.of(new Wire(b, a.not())), List.of(b));
    Circuit same =
        new Circuit("inner", "", List.of(a), List.of(new Wire(b, a.plus(a))), List.of(b));
    Circuit both =
        new Circuit(
            "both",
            "",
            List.of(a),
            List.of(
                new Instance("one", not, Map.of("a", a), Map.of("b", b)),
                new Instance("two", same, Map.of("a", b), Map.of("b", c))),
            List.of(c));
    var e = assertThrows(IllegalArgumentException.class, () -> Verilog.of(both));
    assertEquals("two different circuits have the name inner", e.getMessage());
  }
}
