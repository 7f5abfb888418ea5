package org.pdnn.circuit.synthesis;

import java.util.List;
import org.pdnn.circuit.Emulator;

/// Counts how many bits of a running circuit's signals change from cycle to cycle: a measure of
/// what switches, to compare circuits by that do the same work. It is not an energy: every bit
/// counts alike, whatever it drives, and what happens within an operator or before the signals have
/// settled is not seen.
public final class Activity {
  private final List<Emulator.Pin> pins;
  private final long[] before;
  private long toggles;
  private long cycles;

  /// Counts from the circuit's present state on.
  public Activity(Emulator emulator) {
    this(emulator.pins());
  }

  /// Counts some signals.
  public Activity(List<Emulator.Pin> pins) {
    this.pins = List.copyOf(pins);
    this.before = pins.stream().mapToLong(Emulator.Pin::get).toArray();
  }

  /// Compares the signals with those of the last call; to be called once in every cycle.
  public void count() {
    cycles++;
    for (int i = 0; i < before.length; i++) {
      long bits = pins.get(i).get();
      toggles += Long.bitCount(bits ^ before[i]);
      before[i] = bits;
    }
  }

  /// How often it was called.
  public long cycles() {
    return cycles;
  }

  /// The bits that changed.
  public long toggles() {
    return toggles;
  }
}
