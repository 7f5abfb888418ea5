package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.synthesis.Activity;

/// An emulated accelerator and its host.
public final class Device {
  private final Accelerator accelerator;
  private final Emulator emulator;
  private final Emulator.Pin busy;
  private final Emulator.Pin done;
  private final Emulator.Pin total;
  private final Emulator.Pin readAddress;
  private final Emulator.Pin leaving;
  private final Emulator.Pin sum;
  private final Emulator.Pin fires;
  private final Emulator.Pin pbit;
  private final Emulator.Pin step;
  private final int[] signatures;
  private final List<Activity> watching = new ArrayList<>();
  private long cycles;
  private long most = Long.MAX_VALUE;

  public Device(Accelerator accelerator) {
    this(accelerator, accelerator.circuit());
  }

  /// @param circuit that of the accelerator, or a broken one
  Device(Accelerator accelerator, Circuit circuit) {
    this.accelerator = accelerator;
    this.emulator = new Emulator(circuit);
    this.busy = emulator.pin("busy");
    this.done = emulator.pin("done");
    this.total = emulator.pin("total");
    this.readAddress = emulator.pin("read_address");
    this.leaving = emulator.pin("leaving");
    this.sum = emulator.pin("sum_0");
    this.fires = emulator.pin("fires");
    this.pbit = emulator.pin("pbit");
    this.step = emulator.pin("step");
    this.signatures = new int[accelerator.schedule().steps().size()];
    emulator.reset();
  }

  /// Starts the generators.
  ///
  /// @throws IllegalStateException if it takes more cycles than were foreseen
  public void load(int seed) {
    emulator.pin("seed").set(seed & Expression.mask(accelerator.generator().bits()));
    cycles = 0;
    most = 2L * accelerator.elements();
    pulse("load");
    while (busy.get() != 0) {
      clock();
    }
  }

  /// The sums of the last layer after each pass, over it and those before.
  ///
  /// @param codes the input in integers, in the order of units
  /// @param passes T
  /// @throws IllegalStateException if it takes more cycles than were foreseen
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
    emulator.pin("passes").set(0);
    cycles = 0;
    most = 2 * accelerator.schedule().cycles(passes);
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

  /// Counts from now on what changes.
  void watch(Activity activity) {
    watching.add(activity);
  }

  /// Every signal once.
  List<Emulator.Pin> pins() {
    return emulator.pins();
  }

  /// Cycles for which the last input kept it busy.
  public long cycles() {
    return cycles;
  }

  /// For each step what its units ended with since the reset: every sum and p-bit in their order.
  /// If one of them is another, so is the number.
  int[] signatures() {
    return signatures.clone();
  }

  private void clock() {
    cycles += busy.get();
    if (cycles > most) {
      throw new IllegalStateException(
          "the accelerator is not done after %s cycles".formatted(most));
    }
    int at = (int) step.get();
    if (leaving.get() != 0) {
      signatures[at] = signatures[at] * 31 + (int) sum.get();
    }
    if (fires.get() != 0) {
      signatures[at] = signatures[at] * 31 + (int) pbit.get();
    }
    emulator.clock();
    watching.forEach(Activity::count);
  }

  private void pulse(String pin) {
    emulator.pin(pin).set(1);
    clock();
    emulator.pin(pin).set(0);
  }
}
