package org.pdnn.circuit.accelerator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.names.Counted;

/// A test bench in Verilog that checks itself: a host that writes inputs, starts passes, and
/// compares what it reads after each pass, and the cycles, with what the emulator gave. It looks
/// inside, too: at the sums and p-bits of all layers by a signature of each step, and at every word
/// of the memories that are only read, as a weight may be multiplied by 0 in all inputs.
public final class TestBench {
  /// Most cycles that it runs: of 3,500 images of MNIST at T = 8 with 16 elements.
  private static final long MOST_CYCLES = 100_000_000;

  private final Accelerator accelerator;
  private final int seed;
  private final int passes;
  private final List<int[]> inputs;

  /// @param inputs in integers, in the order of units
  /// @throws IllegalArgumentException if it would run for too many cycles
  public TestBench(Accelerator accelerator, int seed, int passes, List<int[]> inputs) {
    this.accelerator = accelerator;
    this.seed = seed;
    this.passes = passes;
    this.inputs = List.copyOf(inputs);
    long cycles = inputs.size() * accelerator.schedule().cycles(passes);
    if (cycles > MOST_CYCLES) {
      throw new IllegalArgumentException(
          "the test bench would run for %s cycles, more than %s; use fewer --images or --samples, or more --elements"
              .formatted(cycles, MOST_CYCLES));
    }
  }

  /// Text by name: the module, its inputs and the sums that it expects.
  ///
  /// @param done told how many inputs have been emulated
  Map<String, String> files(LongConsumer done) {
    Device device = new Device(accelerator);
    device.load(seed);
    StringBuilder given = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    StringBuilder signatures = new StringBuilder();
    int inputDigits = 2;
    int totalBits = accelerator.totalBits();
    int totalDigits = Math.ceilDiv(totalBits, 4);
    long emulated = 0;
    for (int[] input : inputs) {
      for (int code : input) {
        hex(given, code, inputDigits);
      }
      for (long[] pass : device.totals(input, passes)) {
        for (long total : pass) {
          hex(expected, total & Expression.mask(totalBits), totalDigits);
        }
      }
      for (int signature : device.signatures()) {
        hex(signatures, Integer.toUnsignedLong(signature), Integer.SIZE / 4);
      }
      done.accept(++emulated);
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put(BenchText.NAME + ".v", text());
    files.put(BenchText.NAME + "_inputs.hex", given.toString());
    files.put(BenchText.NAME + "_totals.hex", expected.toString());
    files.put(BenchText.NAME + "_signatures.hex", signatures.toString());
    return files;
  }

  private static void hex(StringBuilder lines, long word, int digits) {
    String shown = Long.toHexString(word);
    lines.repeat('0', digits - shown.length()).append(shown).append('\n');
  }

  private String text() {
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("@INPUTS@", inputs.size()),
            Map.entry("@TERMS@", accelerator.inputs()),
            Map.entry("@PASSES@", passes),
            Map.entry("@OUTPUTS@", accelerator.network().outputs()),
            Map.entry("@CYCLES@", accelerator.schedule().cycles(passes)),
            Map.entry("@ADDRESS@", range("write_address")),
            Map.entry("@ADDRESS_TOP@", width("write_address") - 1),
            Map.entry("@PASS_TOP@", width("passes") - 1),
            Map.entry("@READ_TOP@", width("read_address") - 1),
            Map.entry("@SEED_RANGE@", range("seed")),
            Map.entry(
                "@SEED@",
                accelerator.generator().bits()
                    + "'h"
                    + Long.toHexString(seed & Expression.mask(accelerator.generator().bits()))),
            Map.entry("@PASS@", range("passes")),
            Map.entry("@READ@", range("read_address")),
            Map.entry("@TOTAL@", range("total")),
            Map.entry("@STEPS@", accelerator.schedule().steps().size()),
            Map.entry("@SUM@", padded(Integer.SIZE, accelerator.sumBits(), "dut.sum_0")),
            Map.entry("@STEP@", padded(Integer.SIZE, stepBits() + 5, "dut.step, 5'd0")),
            Map.entry("@MEMORIES@", memories().indent(4).stripTrailing()),
            Map.entry("@INPUT_WORDS@", Counted.of(inputs.size(), "input")),
            Map.entry("@PASS_WORDS@", Counted.of(passes, "pass")));
    return BenchText.of(TEMPLATE, "input", most(), values);
  }

  /// Lines that compare each memory that is only read with what the circuit says.
  private String memories() {
    StringBuilder lines = new StringBuilder();
    Accelerator.memories("dut.", accelerator.circuit())
        .forEach((path, memory) -> {
          if (memory.write().isEmpty()) {
            long check = 0;
            for (long word : memory.contents()) {
              check = check * 31 + word;
            }
            lines.append(
                """
                check = 0;
                for (term = 0; term < %s; term = term + 1)
                  check = check * 64'd31 + %s;
                if (check !== 64'h%s) begin
                  errors = errors + 1;
                  $display("%s holds other words");
                end
                """
                    .formatted(
                        memory.contents().size(),
                        padded(Long.SIZE, memory.width(), path + "[term]"),
                        Long.toHexString(check),
                        path));
          }
        });
    return lines.toString();
  }

  /// Bits with zeros in front.
  private static String padded(int width, int bits, String shown) {
    return width == bits ? shown : "{%s'd0, %s}".formatted(width - bits, shown);
  }

  private int stepBits() {
    return Sequencer.stepBits(accelerator.schedule().steps());
  }

  /// Cycles for which the bench waits for an input: all that are right, and those in which it
  /// reads.
  private long most() {
    return 2 * accelerator.schedule().cycles(passes)
        + (long) passes * accelerator.network().outputs()
        + accelerator.elements();
  }

  /// The range of a port's bits.
  private String range(String port) {
    return BenchText.range(width(port));
  }

  private int width(String port) {
    Circuit circuit = accelerator.circuit();
    return Stream.concat(circuit.inputs().stream(), circuit.outputs().stream())
        .filter(signal -> signal.name().equals(port))
        .findFirst()
        .orElseThrow()
        .width();
  }

  private static final String TEMPLATE =
      """
      `default_nettype none

      // A host of the accelerator: writes inputs, starts passes, and compares the sums after each
      // pass, the cycles, all layers' sums and p-bits, and the memories with the emulator's.
      module bench;
        integer input_index, term, pass, unit, step, cycles, waited, errors;
        reg clk, rst, write, load, start;
        reg @ADDRESS@write_address;
        reg [7:0] write_data;
        reg @SEED_RANGE@seed;
        reg @PASS@passes;
        reg @READ@read_address;
        wire busy;
        wire @PASS@done;
        wire @TOTAL@total;
        reg [7:0] inputs [0:@INPUTS@ * @TERMS@ - 1];
        reg @TOTAL@totals [0:@INPUTS@ * @PASSES@ * @OUTPUTS@ - 1];

        accelerator dut (
          .clk(clk), .rst(rst), .write(write), .write_address(write_address),
          .write_data(write_data), .load(load), .seed(seed), .start(start), .passes(passes),
          .read_address(read_address), .busy(busy), .done(done), .total(total)
        );

        // A signature for each step, of every sum that leaves an element and of every p-bit.
        reg [31:0] signatures [0:@INPUTS@ * @STEPS@ - 1];
        reg [32 * @STEPS@ - 1:0] seen;
        reg [63:0] check;
        wire [31:0] place = @STEP@;
        wire [31:0] so_far = seen[place +: 32];
        wire [31:0] summed = dut.leaving ? so_far * 31 + @SUM@ : so_far;
        wire [31:0] after = dut.fires ? summed * 31 + {31'd0, dut.pbit} : summed;
        always @(posedge clk)
          if (rst) seen <= 0;
          else seen[place +: 32] <= after;

        @TICK@

        initial begin
          $readmemh("bench_inputs.hex", inputs);
          $readmemh("bench_totals.hex", totals);
          $readmemh("bench_signatures.hex", signatures);
          errors = 0;
          input_index = 0;
          cycles = 0;
          waited = 0;
          clk = 0;
          rst = 1;
          write = 0;
          load = 0;
          start = 0;
          write_address = 0;
          write_data = 0;
          read_address = 0;
          seed = @SEED@;
          passes = 0;
          repeat (2) @(negedge clk);
          rst = 0;
      @MEMORIES@
          load = 1;
          @(negedge clk);
          load = 0;
          while (busy) tick;
          for (input_index = 0; input_index < @INPUTS@; input_index = input_index + 1) begin
            write = 1;
            for (term = 0; term < @TERMS@; term = term + 1) begin
              write_address = term[@ADDRESS_TOP@:0];
              write_data = inputs[input_index * @TERMS@ + term];
              @(negedge clk);
            end
            write = 0;
            start = 1;
            passes = @PASSES@;
            @(negedge clk);
            start = 0;
            passes = 0;
            cycles = 0;
            waited = 0;
            for (pass = 0; pass < @PASSES@; pass = pass + 1) begin
              while (done == pass[@PASS_TOP@:0]) tick;
              for (unit = 0; unit < @OUTPUTS@; unit = unit + 1) begin
                read_address = unit[@READ_TOP@:0];
                tick;
                if (total !== totals[(input_index * @PASSES@ + pass) * @OUTPUTS@ + unit]) begin
                  errors = errors + 1;
                  $display("input %0d, pass %0d, output %0d: %h, not %h", input_index, pass, unit,
                    total, totals[(input_index * @PASSES@ + pass) * @OUTPUTS@ + unit]);
                end
              end
            end
            while (busy) tick;
            for (step = 0; step < @STEPS@; step = step + 1)
              if (seen[32 * step +: 32] !== signatures[input_index * @STEPS@ + step]) begin
                errors = errors + 1;
                $display("input %0d, step %0d: other sums or p-bits", input_index, step + 1);
              end
            if (cycles != @CYCLES@) begin
              errors = errors + 1;
              $display("input %0d: %0d cycles, not @CYCLES@", input_index, cycles);
            end
          end
          if (errors == 0)
            $display("PASS: @INPUT_WORDS@, @PASS_WORDS@, @CYCLES@ cycles each");
          else
            $display("FAIL: differences: %0d", errors);
          $finish;
        end
      endmodule

      `default_nettype wire
      """;
}
