package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.synthesis.Activity;

/// What changes in the parts of an accelerator while it is given an input and computes it, counted
/// in the emulator as [Activity] says: a share of bits, to compare parts and settings by, and no
/// energy.
///
/// @param part of the circuit, all that are alike together
/// @param bits of its signals
/// @param toggles bits that changed
/// @param cycles in which they could
public record Switching(String part, long bits, long toggles, long cycles) {
  /// Bits that change in a cycle, of all bits.
  public double share() {
    return (double) toggles / bits / cycles;
  }

  /// The parts of an accelerator over one input.
  ///
  /// @param codes the input in integers, in the order of units
  public static List<Switching> of(Accelerator accelerator, int seed, int[] codes, int passes) {
    Device device = new Device(accelerator);
    device.load(seed);
    Map<String, List<Emulator.Pin>> parts = new TreeMap<>();
    for (Emulator.Pin pin : device.pins()) {
      parts.computeIfAbsent(part(pin.path()), _ -> new ArrayList<>()).add(pin);
    }
    Map<String, Activity> activities = new TreeMap<>();
    parts.forEach((part, pins) -> {
      Activity activity = new Activity(pins);
      activities.put(part, activity);
      device.watch(activity);
    });
    device.totals(codes, passes);
    List<Switching> found = new ArrayList<>();
    activities.forEach((part, activity) -> {
      long bits = parts.getOrDefault(part, List.of()).stream().mapToLong(Emulator.Pin::width).sum();
      found.add(new Switching(part, bits, activity.toggles(), activity.cycles()));
    });
    return found;
  }

  /// `element` of `element_3.generator.state`, and `accelerator` of what stands in no part.
  private static String part(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? "accelerator" : path.substring(0, dot).replaceFirst("(_of)?_\\d+$", "");
  }
}
