package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Tools;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.circuit.synthesis.Netlist;
import org.pdnn.circuit.synthesis.Synthesis;

/// Synthesis changes no bit of a whole network: the cells that Yosys makes of it give, cycle by
/// cycle, what the emulator gives. For an iCE40, as of its memories, too, Yosys says what they do.
class AcceleratorNetlistTest {
  private static final int PASSES = 2;

  /// Inputs, and what must be seen: `busy`, `done` and, where an answer is read, `total`.
  private record Cycle(String inputs, String seen) {}

  @ParameterizedTest
  @CsvSource({"TINY, sigmoid, 2", "TINY_IMAGE, clip, 1"})
  void theCellsGiveWhatTheEmulatorDoes(
      SmallChains chain, String curve, int elements, @TempDir Path folder) throws Exception {
    for (String tool : List.of("yosys", "iverilog")) {
      assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    }
    Accelerator accelerator = chain.accelerator(curve, elements, 16);
    List<Cycle> cycles = new Host(accelerator).cycles(chain.inputs(2));
    Files.write(folder.resolve("inputs.txt"), cycles.stream().map(Cycle::inputs).toList());
    Files.write(folder.resolve("seen.txt"), cycles.stream().map(Cycle::seen).toList());
    Netlist cells = new Synthesis(Family.ICE40, Synthesis.Option.FLAT).of(accelerator.circuit());
    assertTrue(cells.total().luts() > 0);
    Files.writeString(folder.resolve("netlist.v"), cells.verilog());
    Files.writeString(folder.resolve("replay.v"), replay(accelerator.circuit(), cycles.size()));
    Tools.run(
        folder,
        "iverilog",
        "-g2005",
        "-DNO_ICE40_DEFAULT_ASSIGNMENTS",
        "-s",
        "replay",
        "-o",
        "replay",
        "replay.v",
        "netlist.v",
        Family.ICE40.models().toString());
    assertEquals("PASS", Tools.run(folder, "vvp", "replay").strip());
  }

  /// Runs the emulator as a host runs the circuit, and writes down every cycle.
  private static final class Host {
    private final Accelerator accelerator;
    private final Emulator emulator;
    private final List<Emulator.Pin> inputs;
    private final List<Cycle> cycles = new ArrayList<>();
    private boolean reading;

    Host(Accelerator accelerator) {
      this.accelerator = accelerator;
      this.emulator = new Emulator(accelerator.circuit());
      this.inputs =
          accelerator.circuit().inputs().stream().map(Signal::name).map(emulator::pin).toList();
    }

    List<Cycle> cycles(float[][] images) {
      emulator.reset();
      pulse("load", "seed", 0x9ABC);
      while (busy()) {
        clock();
      }
      for (float[] image : images) {
        int[] codes = accelerator.codes(image);
        for (int i = 0; i < codes.length; i++) {
          emulator.pin("write_address").set(i);
          pulse("write", "write_data", codes[i]);
        }
        pulse("start", "passes", PASSES);
        while (busy()) {
          clock();
        }
        for (int output = 0; output < accelerator.network().outputs(); output++) {
          emulator.pin("read_address").set(output);
          clock();
          reading = true;
        }
        clock();
        reading = false;
      }
      return cycles;
    }

    private boolean busy() {
      return emulator.pin("busy").get() != 0;
    }

    private void pulse(String enable, String data, long value) {
      emulator.pin(enable).set(1);
      emulator.pin(data).set(value);
      clock();
      emulator.pin(enable).set(0);
    }

    private void clock() {
      StringBuilder given = new StringBuilder();
      inputs.forEach(pin -> given.append(bits(pin)));
      String total = bits(emulator.pin("total"));
      String seen =
          bits(emulator.pin("busy"))
              + bits(emulator.pin("done"))
              + (reading ? total : "x".repeat(total.length()));
      cycles.add(new Cycle(given.toString(), seen));
      emulator.clock();
    }

    private static String bits(Emulator.Pin pin) {
      String bits = Long.toBinaryString(pin.get());
      return "0".repeat(pin.width() - bits.length()) + bits;
    }
  }

  /// A test bench that gives the inputs of each cycle, and stops at the first that is not as seen.
  private static String replay(Circuit circuit, int cycles) {
    StringBuilder ports = new StringBuilder();
    int high = width(circuit.inputs());
    for (Signal port : circuit.inputs()) {
      ports.append(
          String.format(
              Locale.ROOT, ", .%s(given[%d:%d])", port.name(), high - 1, high - port.width()));
      high -= port.width();
    }
    return """
    module replay;
      reg clk = 0;
      reg rst = 1;
      reg [INPUTS-1:0] inputs [0:CYCLES-1];
      reg [OUTPUTS-1:0] all_seen [0:CYCLES-1];
      reg [INPUTS-1:0] given = 0;
      reg [OUTPUTS-1:0] expected;
      wire busy;
      wire [DONE-1:0] done;
      wire [TOTAL-1:0] total;
      integer i, bit;
      reg same;
      accelerator dut (.clk(clk), .rst(rst), .busy(busy), .done(done), .total(total)PORTS);
      wire [OUTPUTS-1:0] found = {busy, done, total};
      initial begin
        $readmemb("inputs.txt", inputs);
        $readmemb("seen.txt", all_seen);
        same = 1;
        #1 clk = 1;
        #1 clk = 0;
        rst = 0;
        for (i = 0; i < CYCLES && same; i = i + 1) begin
          given = inputs[i];
          expected = all_seen[i];
          #1;
          for (bit = 0; bit < OUTPUTS; bit = bit + 1)
            if (expected[bit] !== 1'bx && expected[bit] !== found[bit]) same = 0;
          if (!same) $display("cycle %0d: %b, not %b", i, found, expected);
          clk = 1;
          #1 clk = 0;
        end
        if (same) $display("PASS");
        $finish;
      end
    endmodule
    """
        .replace("INPUTS", String.valueOf(width(circuit.inputs())))
        .replace("OUTPUTS", String.valueOf(width(circuit.outputs())))
        .replace("CYCLES", String.valueOf(cycles))
        .replace("DONE", String.valueOf(width(circuit.outputs(), "done")))
        .replace("TOTAL", String.valueOf(width(circuit.outputs(), "total")))
        .replace("PORTS", ports);
  }

  private static int width(List<Signal> signals) {
    return signals.stream().mapToInt(Signal::width).sum();
  }

  private static int width(List<Signal> signals, String name) {
    return width(signals.stream().filter(signal -> signal.name().equals(name)).toList());
  }
}
