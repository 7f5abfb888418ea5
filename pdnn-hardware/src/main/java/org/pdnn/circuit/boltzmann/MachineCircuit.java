package org.pdnn.circuit.boltzmann;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.element.PBitElement;
import org.pdnn.circuit.element.Seeder;

/// The circuit of a machine: a sequencer that goes through groups of spins and their terms,
/// elements with a memory of couplings each, and the spins.
final class MachineCircuit {
  /// The module.
  static final String NAME = "boltzmann_machine";

  /// Cycles of a group beside its terms: a term's look-up, the decision, the spins' turn.
  static final int LATENCY = 3;

  /// Bits of a number of sweeps.
  static final int SWEEP_BITS = Wiring.bits(BoltzmannMachine.MOST_SWEEPS);

  private final BoltzmannMachine machine;
  private final PBitElement element;
  private final int groups;
  private final int terms;
  private final Wiring wiring = new Wiring();
  private final List<Signal> spins = new ArrayList<>();

  private final Signal load = new Signal("load", 1);
  private final Signal seed;
  private final Signal clear = new Signal("clear", 1);
  private final Signal start = new Signal("start", 1);
  private final Signal sweeps = new Signal("sweeps", SWEEP_BITS);
  private final Signal readAddress;
  private final Signal left = new Signal("left", sweeps.width());
  private final Signal group;
  private final Signal term;

  MachineCircuit(BoltzmannMachine machine) {
    this.machine = machine;
    this.element = machine.pbit();
    this.groups = machine.groups().size();
    this.terms = machine.terms();
    this.seed = new Signal("seed", element.generator().bits());
    int size = machine.model().size();
    this.readAddress = new Signal("read_address", machine.addressBits());
    this.group = new Signal("group", Wiring.bits(groups - 1L));
    this.term = new Signal("term", Wiring.bits((long) groups * terms - 1));
    for (int spin = 0; spin < size; spin++) {
      spins.add(new Signal("spin_" + spin, 1));
    }
  }

  Circuit circuit() {
    Signal seeding = new Signal("seeding", 1);
    Signal state = new Signal("state", seed.width());
    Signal slot = new Signal("slot", Wiring.bits(terms + LATENCY - 1L));
    wiring.note("Sequencer: the terms of a group, one in a cycle, then its p-bits.");
    Signal running = wiring.wire("running", Wiring.is(left, 0).not());
    Signal busy = wiring.wire("busy", running.or(seeding));
    Signal begins = wiring.wire("begins", start.and(busy.not()).and(load.not()));
    Expression term0 = Expression.constant(terms, slot.width());
    Signal feeds = wiring.wire("feeds", running.and(slot.lessThan(term0)));
    Signal add = wiring.delayed("add", feeds);
    Signal fire = wiring.wire("fire", Wiring.is(slot, terms + 1L));
    Signal ends = wiring.wire("group_ends", Wiring.is(slot, terms + LATENCY - 1L));
    Signal sweepEnds = wiring.wire("sweep_ends", ends.and(Wiring.is(group, groups - 1L)));
    wiring.counter(slot, ends, running);
    wiring.counter(group, sweepEnds, ends);
    wiring.counter(term, sweepEnds, feeds);
    Expression fewer = left.minus(Expression.constant(1, left.width()));
    wiring.add(new Register(left, 0, begins.or(sweepEnds), begins.choose(sweeps, fewer)));
    wiring.note("Generators are loaded one after the other.");
    Signal loads = wiring.wire("loads", load.and(busy.not()));
    wiring.add(
        new Instance(
            "seeder",
            new Seeder(element.generator().register(), machine.elements(), OptionalLong.empty())
                .circuit(),
            Map.of("load", loads, "seed", seed),
            Map.of("seeding", seeding, "state", state)));
    Signal loaded = loads;
    List<Signal> pbits = new ArrayList<>();
    List<Signal> done = new ArrayList<>();
    for (int each = 0; each < machine.elements(); each++) {
      wiring.note("Element %s: its couplings, the spins that it reads, its p-bit.".formatted(each));
      loaded = wiring.delayed("loads_" + each, loaded);
      pbits.add(new Signal("pbit_" + each, 1));
      done.add(new Signal("done_" + each, 1));
      addElement(
          each,
          Map.of("add", add, "fire", fire, "load", loaded, "seed", state),
          pbits.getLast(),
          done.getLast());
    }
    addSpins(pbits, done);
    wiring.note("The spin that the host reads.");
    Signal spin = wiring.delayed("spin", Wiring.chosen(readAddress, 0, spins));
    return new Circuit(
        NAME,
        machine.summary(),
        List.of(load, seed, clear, start, sweeps, readAddress),
        wiring.parts(),
        List.of(busy, left, spin));
  }

  private void addElement(int each, Map<String, Expression> controls, Signal pbit, Signal done) {
    Couplings couplings = machine.couplings().get(each);
    int weightBits = element.accumulator().weightBits();
    List<Expression> sources = new ArrayList<>();
    for (int source : couplings.sources()) {
      sources.add(source == Couplings.ALWAYS ? Part.ALWAYS : spins.get(source));
    }
    int sourceBits = Wiring.bits(sources.size() - 1L);
    Signal coupling = new Signal("coupling_" + each, sourceBits + weightBits);
    List<Long> words = new ArrayList<>();
    for (Couplings.Term one : couplings.terms()) {
      long weight = one.weight() & (1L << weightBits) - 1;
      words.add((long) one.source() << weightBits | weight);
    }
    while (words.size() < 2) {
      words.add(0L);
    }
    wiring.add(
        new Memory(
            "couplings_" + each,
            coupling.width(),
            words,
            Optional.empty(),
            List.of(new Read(coupling, term))));
    Signal x = new Signal("x_" + each, 1);
    wiring.add(new Wire(x, Wiring.chosen(coupling, weightBits, sources)));
    Map<String, Expression> inputs = new HashMap<>(controls);
    inputs.put("weight", coupling.bits(weightBits - 1, 0));
    inputs.put("x", x);
    wiring.add(
        new Instance(
            "element_" + each,
            element.circuit(),
            inputs,
            Map.of(
                "pbit",
                pbit,
                "done",
                done,
                "sum",
                new Signal("sum_" + each, element.accumulator().bits()))));
  }

  /// Each spin takes the p-bit of its element at the end of its group.
  private void addSpins(List<Signal> pbits, List<Signal> done) {
    wiring.note("Spins: feedback registers, each written at the end of its group.");
    for (int g = 0; g < groups; g++) {
      Signal now = wiring.wire("in_group_" + g, Wiring.is(group, g));
      List<Integer> members = machine.groups().get(g);
      for (int each = 0; each < members.size(); each++) {
        wiring.add(
            new Register(
                spins.get(members.get(each)), 0, clear, done.get(each).and(now), pbits.get(each)));
      }
    }
  }
}
