package org.pdnn.circuit.boltzmann;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.ising.Spins;

/// An emulated machine and its host.
final class MachineHost {
  private final BoltzmannMachine machine;
  private final Emulator emulator;
  private final Emulator.Pin busy;
  private final Emulator.Pin left;
  private final List<Emulator.Pin> spins = new ArrayList<>();
  private long cycles;
  private long most = Long.MAX_VALUE;

  MachineHost(BoltzmannMachine machine) {
    this(machine, machine.circuit());
  }

  /// @param circuit that of the machine, or a broken one
  MachineHost(BoltzmannMachine machine, Circuit circuit) {
    this.machine = machine;
    this.emulator = new Emulator(circuit);
    this.busy = emulator.pin("busy");
    this.left = emulator.pin("left");
    for (int spin = 0; spin < machine.model().size(); spin++) {
      spins.add(emulator.pin("spin_" + spin));
    }
    emulator.reset();
  }

  /// Starts the generators.
  void load(int seed) {
    emulator.pin("seed").set(Integer.toUnsignedLong(seed));
    most = 2L * machine.elements();
    cycles = 0;
    pulse("load");
    emulator.pin("seed").set(0);
    finish();
  }

  /// Brings all spins down.
  void clear() {
    pulse("clear");
  }

  /// The states after each of so many sweeps.
  ///
  /// @throws IllegalStateException if it takes more cycles than were foreseen
  List<Spins> sweep(int sweeps) {
    emulator.pin("sweeps").set(sweeps);
    most = sweeps * machine.cyclesOfSweep();
    cycles = 0;
    pulse("start");
    emulator.pin("sweeps").set(0);
    List<Spins> states = new ArrayList<>();
    long before = left.get();
    while (busy.get() != 0) {
      clock();
      if (left.get() != before) {
        before = left.get();
        states.add(Spins.of(spins.size(), spin -> spins.get(spin).get() != 0));
      }
    }
    return states;
  }

  /// What is left at the start of so many sweeps, and after the first of them; then a reset.
  List<Long> counts(int sweeps) {
    emulator.pin("sweeps").set(sweeps);
    most = machine.cyclesOfSweep();
    cycles = 0;
    pulse("start");
    List<Long> counts = new ArrayList<>(List.of(left.get(), busy.get()));
    while (cycles < most && busy.get() != 0) {
      clock();
    }
    counts.addAll(List.of(left.get(), busy.get()));
    emulator.reset();
    counts.add(left.get());
    return counts;
  }

  /// What a host must not do, and what must not disturb: starts and loads while it is busy, and a
  /// start with a load.
  void disturb() {
    emulator.pin("sweeps").set(2);
    most = 4 * machine.cyclesOfSweep();
    cycles = 0;
    pulse("start");
    emulator.pin("sweeps").set(1000);
    emulator.pin("seed").set(77);
    pulse("start");
    pulse("load");
    finish();
    emulator.pin("start").set(1);
    pulse("load");
    clock();
    emulator.pin("start").set(0);
    emulator.pin("sweeps").set(0);
    finish();
  }

  /// The state as a host reads it.
  Spins read() {
    boolean[] up = new boolean[spins.size()];
    for (int spin = 0; spin < up.length; spin++) {
      emulator.pin("read_address").set(spin);
      emulator.clock();
      up[spin] = emulator.pin("spin").get() != 0;
    }
    return Spins.of(up.length, spin -> up[spin]);
  }

  /// Cycles for which the last task kept it busy.
  long cycles() {
    return cycles;
  }

  private void finish() {
    while (busy.get() != 0) {
      clock();
    }
  }

  private void clock() {
    cycles += busy.get();
    if (cycles > most) {
      throw new IllegalStateException("the machine is not done after %s cycles".formatted(most));
    }
    emulator.clock();
  }

  private void pulse(String pin) {
    emulator.pin(pin).set(1);
    clock();
    emulator.pin(pin).set(0);
  }
}
