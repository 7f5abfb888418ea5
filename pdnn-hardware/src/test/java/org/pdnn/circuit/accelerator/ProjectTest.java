package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.circuit.Tools;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Scheme;

/// What is written runs: simulators find in every pass what the emulator found.
class ProjectTest {
  private static Project project(String curve, int elements, int bits) {
    Accelerator accelerator =
        Accelerator.of(
            SmallNetworks.mlp(Neuron.parse("pbit:" + curve), 40, 33, 12, 7),
            WeightFormat.parse("8"),
            InputGrid.PIXELS,
            new Lfsr(bits, 1),
            elements);
    SplittableRandom random = new SplittableRandom(1);
    List<int[]> inputs = Stream.generate(() -> random.ints(40, 0, 256).toArray()).limit(5).toList();
    return Project.of(
        accelerator, new TestBench(accelerator, 0x9ABCDEF1, 6, inputs), Target.GENERIC, _ -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "icarus, iverilog, sigmoid, 1, 32", "icarus, iverilog, tanh, 5, 32",
    "icarus, iverilog, clip, 40, 16", "verilator, verilator, sigmoid, 3, 32"
  })
  void simulatorsFindWhatTheEmulatorFound(
      String target, String tool, String curve, int elements, int bits, @TempDir Path folder)
      throws Exception {
    assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    project(curve, elements, bits).write(folder);
    assertTrue(make(folder, target).contains("PASS: 5 inputs, 6 passes"));
  }

  /// Convolutions and pools, biases that differ at the border; masks.
  @ParameterizedTest
  @CsvSource({
    "icarus, iverilog, ONE, sigmoid, 1", "icarus, iverilog, DEEP, tanh, 3",
    "icarus, iverilog, MASKED_WITHIN, sigmoid, 4", "icarus, iverilog, MASKED, tanh, 5",
    "icarus, iverilog, ODD, tanh, 40", "verilator, verilator, POOL_FIRST, clip, 2"
  })
  void simulatorsFindInChainsWhatTheEmulatorFound(
      String target,
      String tool,
      SmallChains chain,
      String curve,
      int elements,
      @TempDir Path folder)
      throws Exception {
    assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    project(chain, curve, elements).write(folder);
    assertTrue(make(folder, target).contains("PASS: 3 inputs, 4 passes"));
  }

  /// Passes that share words, beyond a block of them; and no warning.
  @ParameterizedTest
  @CsvSource({"icarus, iverilog, MASKED, 3", "verilator, verilator, ONE, 2"})
  void simulatorsFindInScrambledPassesWhatTheEmulatorFound(
      String target, String tool, SmallChains chain, int elements, @TempDir Path folder)
      throws Exception {
    assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    Accelerator accelerator = chain.accelerator("tanh", elements, 32, Scheme.SCRAMBLED);
    project(accelerator, chain.inputs(3), 34).write(folder);
    assertTrue(make(folder, target).contains("PASS: 3 inputs, 34 passes"));
    assertEquals("", tool.equals("verilator") ? lint(folder) : "");
  }

  /// Every pixel of a masked decoder.
  @Test
  void verilatorFindsInTheDecoderWhatTheEmulatorFound(@TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("verilator"), "verilator is not installed: not compared");
    project(Decoder.accelerator(4), Decoder.inputs(8), 2).write(folder);
    assertTrue(make(folder, "verilator").contains("PASS: 8 inputs, 2 passes"));
  }

  private static Project project(SmallChains chain, String curve, int elements) {
    return project(chain.accelerator(curve, elements, 32), chain.inputs(3), 4);
  }

  private static Project project(Accelerator accelerator, float[][] inputs, int passes) {
    List<int[]> codes = Stream.of(inputs).map(accelerator::codes).toList();
    TestBench bench = new TestBench(accelerator, 0x9ABCDEF1, passes, codes);
    return Project.of(accelerator, bench, Target.GENERIC, _ -> {});
  }

  /// A check that cannot fail is none: one sum of the last pass is another.
  @Test
  void aWrongSumIsFound(@TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("iverilog"), "iverilog is not installed: not compared");
    project("sigmoid", 4, 32).write(folder);
    Path totals = folder.resolve("bench_totals.hex");
    List<String> lines = Files.readAllLines(totals);
    lines.set(lines.size() - 1, lines.getLast().replaceFirst(".$", "x"));
    Files.write(totals, lines);
    assertThrows(IOException.class, () -> Tools.run(folder, "make", "icarus"));
    String said = Files.readString(folder.resolve("icarus.txt"));
    assertTrue(said.contains("FAIL: differences: 1"), said);
  }

  /// A weight of each layer in turn: the memory differs, and what the layer computes.
  @ParameterizedTest
  @CsvSource({"0, 1", "367, 3", "459, 4"})
  void aDamagedWeightIsFound(int word, int step, @TempDir Path folder) throws Exception {
    String said =
        damaged(
            folder,
            "weights_0_weights.hex",
            lines -> {
              int weight = Integer.parseInt(lines.get(word), 16);
              lines.set(word, Integer.toHexString(weight ^ 1));
            });
    assertTrue(said.contains("dut.weights_of_0.weights holds other words"), said);
    assertTrue(said.contains("step %s: other sums or p-bits".formatted(step)), said);
  }

  /// Of the last unit, whose sum the others do not see.
  @Test
  void aDamagedBiasIsFound(@TempDir Path folder) throws Exception {
    String said = damaged(folder, "neuron_affine.hex", lines -> lines.set(lines.size() - 1, "1"));
    assertTrue(said.contains("dut.neuron.affine holds other words"), said);
  }

  /// Memories as they should be, but each draw is another.
  @Test
  void aDamagedComparatorIsFound(@TempDir Path folder) throws Exception {
    String said =
        damaged(
            folder,
            "neuron.v",
            lines -> lines.replaceAll(line -> line.replace("random_5}", "~random_5}")));
    assertTrue(said.contains("other sums or p-bits"), said);
  }

  /// What Icarus says after one file was changed.
  private static String damaged(Path folder, String file, Consumer<List<String>> damage)
      throws IOException {
    assumeTrue(Tools.found("iverilog"), "iverilog is not installed: not compared");
    project("sigmoid", 4, 32).write(folder);
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve(file)));
    List<String> sound = List.copyOf(lines);
    damage.accept(lines);
    assertNotEquals(sound, lines);
    Files.write(folder.resolve(file), lines);
    assertThrows(IOException.class, () -> Tools.run(folder, "make", "icarus"));
    String said = Files.readString(folder.resolve("icarus.txt"));
    assertTrue(said.contains("FAIL: differences: "), said);
    return said;
  }

  @Test
  void anAcceleratorThatIsNeverDoneIsFound(@TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("iverilog"), "iverilog is not installed: not compared");
    project("sigmoid", 4, 32).write(folder);
    Path bench = folder.resolve("bench.v");
    Files.writeString(bench, Files.readString(bench).replace("start = 1;", "start = 0;"));
    assertThrows(IOException.class, () -> Tools.run(folder, "make", "icarus"));
    String said = Files.readString(folder.resolve("icarus.txt"));
    assertTrue(said.contains("FAIL: input 0 is not done after"), said);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void verilatorHasNothingToSay(int elements, @TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("verilator"), "verilator is not installed: not looked at");
    project("tanh", elements, 32).write(folder);
    assertEquals("", lint(folder));
  }

  @ParameterizedTest
  @EnumSource(SmallChains.class)
  void verilatorHasNothingToSayOfChains(SmallChains chain, @TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("verilator"), "verilator is not installed: not looked at");
    project(chain, "tanh", 3).write(folder);
    assertEquals("", lint(folder));
  }

  /// What Verilator writes is translated without optimisation, as that takes longer than it saves.
  private static String make(Path folder, String target) throws IOException {
    return Tools.run(folder, "make", target, "OPT_FAST=-O0", "OPT_GLOBAL=-O0");
  }

  private static String lint(Path folder) throws IOException {
    return Tools.run(folder, "verilator", "--lint-only", "-Wall", "-y", ".", "accelerator.v");
  }
}
