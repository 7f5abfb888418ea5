package org.pdnn.circuit.accelerator;

import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Expression;

/// An emulated accelerator and its host.
public final class Device {
  private final Accelerator accelerator;
  private final Emulator emulator;
  private final Emulator.Pin busy;
  private final Emulator.Pin done;
  private final Emulator.Pin total;
  private final Emulator.Pin readAddress;
  private long cycles;

  public Device(Accelerator accelerator) {
    this.accelerator = accelerator;
    this.emulator = new Emulator(accelerator.circuit());
    this.busy = emulator.pin("busy");
    this.done = emulator.pin("done");
    this.total = emulator.pin("total");
    this.readAddress = emulator.pin("read_address");
    emulator.reset();
  }

  /// Starts the generators.
  public void load(int seed) {
    emulator.pin("seed").set(seed & Expression.mask(accelerator.generator().bits()));
    pulse("load");
    while (busy.get() != 0) {
      emulator.clock();
    }
  }

  /// The sums of the last layer after each pass, over it and those before.
  ///
  /// @param codes the input in integers, in the order of units
  /// @param passes T
  public long[][] totals(int[] codes, int passes) {
    for (int i = 0; i < codes.length; i++) {
      emulator.pin("write_address").set(i);
      emulator.pin("write_data").set(codes[i]);
      pulse("write");
    }
    int outputs = accelerator.network().outputs();
    long[][] totals = new long[passes][outputs];
    emulator.pin("passes").set(passes);
    pulse("start");
    cycles = 0;
    for (int pass = 0; pass < passes; pass++) {
      while (done.get() == pass) {
        clock();
      }
      for (int output = 0; output < outputs; output++) {
        readAddress.set(output);
        clock();
        totals[pass][output] = total.signed();
      }
    }
    while (busy.get() != 0) {
      clock();
    }
    return totals;
  }

  /// Cycles for which the last input kept it busy.
  public long cycles() {
    return cycles;
  }

  private void clock() {
    cycles += busy.get();
    emulator.clock();
  }

  private void pulse(String pin) {
    emulator.pin(pin).set(1);
    emulator.clock();
    emulator.pin(pin).set(0);
  }
}
