package org.pdnn.circuit.boltzmann;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.circuit.accelerator.BenchText;
import org.pdnn.ising.dynamics.HeatBath;
import org.pdnn.names.Counted;
import org.pdnn.names.Limits;
import org.pdnn.random.RandomWords;

/// A test bench in Verilog that checks itself: a host that begins reads and compares the state
/// after each sweep, the cycles, and the spins as it reads them, with the definition of the heat
/// bath.
///
/// @param start that is loaded
/// @param reads one after the other
/// @param sweeps of each read
record MachineBench(BoltzmannMachine machine, int start, int reads, int sweeps) {
  /// Most spins of all states that it compares.
  private static final long MOST = 1L << 24;

  /// Names side by side in a line.
  private static final int IN_A_LINE = 8;

  MachineBench {
    Limits.between(
        "spins of a test bench", 1, MOST, (long) reads * sweeps * machine.model().size());
  }

  /// Text by name: the module, and the states that it expects.
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(BenchText.NAME + ".v", text());
    files.put(BenchText.NAME + "_states.hex", states());
    return files;
  }

  /// The state after each sweep of each read, spin 0 lowest.
  private String states() {
    RandomWords words = machine.words(start, sweeps);
    StringBuilder lines = new StringBuilder();
    for (int read = 0; read < reads; read++) {
      boolean[] up = new boolean[machine.model().size()];
      for (int sweep = 0; sweep < sweeps; sweep++) {
        HeatBath.sweep(machine.model(), machine.order(), machine.beta(), up, words, read, sweep);
        for (int digit = Math.ceilDiv(up.length, 4) - 1; digit >= 0; digit--) {
          int value = 0;
          for (int bit = 0; bit < 4 && 4 * digit + bit < up.length; bit++) {
            value |= up[4 * digit + bit] ? 1 << bit : 0;
          }
          lines.append(Character.forDigit(value, 16));
        }
        lines.append('\n');
      }
    }
    return lines.toString();
  }

  private String text() {
    int size = machine.model().size();
    int address = machine.addressBits();
    long cycles = sweeps * machine.cyclesOfSweep();
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("@READS@", reads),
            Map.entry("@SWEEPS@", sweeps),
            Map.entry("@SWEEPS_TOP@", MachineCircuit.SWEEP_BITS - 1),
            Map.entry("@SPINS@", size),
            Map.entry("@TOP@", size - 1),
            Map.entry("@CYCLES@", cycles),
            Map.entry("@ADDRESS@", BenchText.range(address)),
            Map.entry("@ADDRESS_TOP@", address - 1),
            Map.entry("@SEED@", "32'h" + Integer.toHexString(start)),
            Map.entry("@STATE@", state(size).indent(4).stripTrailing()),
            Map.entry("@READ_WORDS@", Counted.of(reads, "read")),
            Map.entry("@SWEEP_WORDS@", Counted.of(sweeps, "sweep")));
    return BenchText.of(TEMPLATE, "read", 2 * cycles + machine.elements(), values);
  }

  /// All spins, the last uppermost.
  private static String state(int size) {
    List<String> names =
        IntStream.range(0, size).mapToObj(spin -> "dut.spin_" + (size - 1 - spin)).toList();
    return IntStream.range(0, Math.ceilDiv(size, IN_A_LINE))
        .mapToObj(line ->
            String.join(
                ", ", names.subList(line * IN_A_LINE, Math.min(size, (line + 1) * IN_A_LINE))))
        .collect(Collectors.joining(",\n"));
  }

  private static final String TEMPLATE =
      """
      `default_nettype none

      // A host of the machine: begins reads, and compares the state after each sweep, the cycles
      // and the spins as they are read with the definition of the heat bath.
      module bench;
        integer read_index, sweep, unit, cycles, waited, errors;
        reg clk, rst, load, clear, start;
        reg [31:0] seed;
        reg [@SWEEPS_TOP@:0] sweeps;
        reg @ADDRESS@read_address;
        wire busy;
        wire [@SWEEPS_TOP@:0] left;
        wire spin;
        reg [@TOP@:0] states [0:@READS@ * @SWEEPS@ - 1];
        reg [@TOP@:0] last;

        boltzmann_machine dut (
          .clk(clk), .rst(rst), .load(load), .seed(seed), .clear(clear), .start(start),
          .sweeps(sweeps), .read_address(read_address), .busy(busy), .left(left), .spin(spin)
        );

        wire [@TOP@:0] state = {
      @STATE@
        };

        @TICK@

        initial begin
          $readmemh("bench_states.hex", states);
          errors = 0;
          read_index = 0;
          cycles = 0;
          waited = 0;
          clk = 0;
          rst = 1;
          load = 0;
          clear = 0;
          start = 0;
          sweeps = 0;
          read_address = 0;
          seed = @SEED@;
          repeat (2) @(negedge clk);
          rst = 0;
          load = 1;
          @(negedge clk);
          load = 0;
          while (busy) tick;
          for (read_index = 0; read_index < @READS@; read_index = read_index + 1) begin
            clear = 1;
            @(negedge clk);
            clear = 0;
            start = 1;
            sweeps = @SWEEPS@;
            @(negedge clk);
            start = 0;
            sweeps = 0;
            cycles = 0;
            waited = 0;
            for (sweep = 0; sweep < @SWEEPS@; sweep = sweep + 1) begin
              while ({8'd0, left} == @SWEEPS@ - sweep) tick;
              last = states[read_index * @SWEEPS@ + sweep];
              if (state !== last) begin
                errors = errors + 1;
                $display("read %0d, sweep %0d: %h, not %h", read_index, sweep, state, last);
              end
            end
            while (busy) tick;
            if (cycles != @CYCLES@) begin
              errors = errors + 1;
              $display("read %0d: %0d cycles, not @CYCLES@", read_index, cycles);
            end
            for (unit = 0; unit < @SPINS@; unit = unit + 1) begin
              read_address = unit[@ADDRESS_TOP@:0];
              @(negedge clk);
              if (spin !== last[unit]) begin
                errors = errors + 1;
                $display("read %0d, spin %0d: %b, not %b", read_index, unit, spin, last[unit]);
              end
            end
          end
          if (errors == 0)
            $display("PASS: @READ_WORDS@, @SWEEP_WORDS@, @CYCLES@ cycles each");
          else
            $display("FAIL: differences: %0d", errors);
          $finish;
        end
      endmodule

      `default_nettype wire
      """;
}
