package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.synthesis.Activity;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;

/// Every signal belongs to one part, and nothing is counted twice.
class SwitchingTest {
  @Test
  void partsMakeTheWhole() {
    Accelerator accelerator =
        Accelerator.of(
            SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 9, 7, 4),
            WeightFormat.parse("8"),
            InputGrid.PIXELS,
            new Lfsr(32, 1),
            3);
    int[] input = {0, 255, 1, 128, 64, 7, 200, 13, 90};
    List<Switching> parts = Switching.of(accelerator, 5, input, 2);
    Device device = new Device(accelerator);
    device.load(5);
    Activity whole = new Activity(device.pins());
    device.watch(whole);
    device.totals(input, 2);
    assertEquals(whole.toggles(), sum(parts, Switching::toggles));
    assertEquals(
        device.pins().stream().mapToLong(Emulator.Pin::width).sum(), sum(parts, Switching::bits));
    // 9 bytes are written, it is started, and the last pass's 4 sums are read when it is done.
    assertEquals(9 + 1 + device.cycles() + 4, parts.getFirst().cycles());
    assertEquals(
        List.of("accelerator", "activations", "element", "neuron", "seeder", "sequencer", "totals"),
        parts.stream().map(Switching::part).toList());
  }

  private static long sum(List<Switching> parts, ToLongFunction<Switching> count) {
    return parts.stream().mapToLong(count).sum();
  }
}
