package org.pdnn.circuit.accelerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.circuit.element.Scrambler;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Threshold;

/// Puts an accelerator together: what a host reads and writes, the sequencer, what layers read,
/// elements side by side, and what they share.
final class AcceleratorCircuit {
  private final Accelerator accelerator;
  private final Schedule schedule;
  private final List<Step> steps;
  private final Sequencer sequencer;
  private final Activations activations;
  private final Wiring wiring = new Wiring();
  private final Signal step;
  private final Signal address;
  private final Signal plane = new Signal("plane", Sequencer.PLANE_BITS);
  private final Signal weight;
  private final Signal inImage = new Signal("in_image", 1);
  private final Signal fires = new Signal("fires", 1);
  private final Signal place;
  private final Signal pbit = new Signal("pbit", 1);

  AcceleratorCircuit(Accelerator accelerator) {
    this.accelerator = accelerator;
    this.schedule = accelerator.schedule();
    this.steps = schedule.steps();
    this.sequencer = new Sequencer(schedule, accelerator.parameters(), accelerator.scrambled());
    this.step = new Signal("step", Sequencer.stepBits(steps));
    this.address = new Signal("address", Scanner.addressBits(steps));
    this.weight = new Signal("weight", sequencer.weightBits());
    int units = steps.stream().mapToInt(Step::units).max().orElseThrow();
    this.place = new Signal("place", Memory.addressBits(Math.max(2, units)));
    this.activations = accelerator.activations(place.width());
  }

  Circuit circuit() {
    Totals totals =
        new Totals(
            steps.getLast().units(), place.width(), accelerator.sumBits(), accelerator.totalBits());
    Signal write = new Signal("write", 1);
    Signal writeAddress = new Signal("write_address", activations.inputBits());
    Signal writeData = new Signal("write_data", InputGrid.BITS);
    Signal load = new Signal("load", 1);
    Signal seed = new Signal("seed", accelerator.generator().bits());
    Signal start = new Signal("start", 1);
    Signal passes = new Signal("passes", Sequencer.PASS_BITS);
    Signal readAddress = new Signal("read_address", totals.addressBits());
    Signal running = new Signal("running", 1);
    Signal done = new Signal("done", Sequencer.PASS_BITS);
    Signal feed = new Signal("feed", 1);
    Signal twice = new Signal("twice", 1);
    Signal take = new Signal("take", 1);
    Signal shift = new Signal("shift", 1);
    Signal units = new Signal("units", Wiring.bits(accelerator.elements()));
    Signal begins = new Signal("begins", 1);
    Signal firstParameter = new Signal("affine_base", accelerator.parameters().addressBits());
    Signal opens = new Signal("opens", 1);
    Signal closes = new Signal("closes", 1);
    Signal stepEnds = new Signal("step_ends", 1);
    Signal seeding = new Signal("seeding", 1);
    Signal state = new Signal("first_state", seed.width());
    Signal coinsState = new Signal("first_coins", seed.width());
    Signal blockEnds = new Signal("block_ends", 1);
    Signal total = new Signal("total", totals.bits());

    Signal busy = wiring.wire("busy", running.or(seeding));
    Signal inLast = wiring.wire("in_last", Sequencer.in(step, steps, Kind.LAST));
    Expression loads = load.and(busy.not());
    Map<String, Signal> seeds = new HashMap<>(Map.of("seeding", seeding, "state", state));
    Map<String, Expression> starting = new HashMap<>(Map.of("load", loads, "seed", seed));
    if (accelerator.scrambled()) {
      seeds.put("coins_state", coinsState);
      wiring.note("The generators start anew while the last layer, which draws nothing, computes.");
      Signal again =
          wiring.wire("again", inLast.and(wiring.delayed("in_last_before", inLast).not()));
      Signal block = new Signal("block_state", seed.width());
      Signal coinsAfter = new Signal("coins_0", seed.width());
      wiring.add(
          new Register(block, 1, loads.or(again.and(blockEnds)), again.choose(coinsAfter, seed)));
      starting.put("load", loads.or(again));
      starting.put("seed", again.choose(blockEnds.choose(coinsAfter, block), seed));
    }
    wiring.note("First states of the generators.");
    wiring.add(new Instance("seeder", accelerator.seeder().circuit(), starting, seeds));
    wiring.note("What happens when.");
    Expression starts = start.and(Wiring.is(passes, 0).not()).and(busy.not()).and(load.not());
    Map<String, Signal> says = new HashMap<>();
    List.of(
            running, step, address, plane, weight, feed, twice, take, shift, units, begins,
            stepEnds)
        .forEach(signal -> says.put(signal.name(), signal));
    says.put("pass", done);
    says.put("affine_base", firstParameter);
    if (schedule.pooled()) {
      says.put("opens", opens);
      says.put("closes", closes);
    }
    if (schedule.padded()) {
      says.put("in_image", inImage);
    }
    if (accelerator.scrambled()) {
      says.put("block_ends", blockEnds);
    }
    wiring.add(
        new Instance(
            "sequencer", sequencer.circuit(), Map.of("start", starts, "passes", passes), says));
    Map<String, Expression> read =
        new HashMap<>(
            Map.of(
                "write", write,
                "write_address", writeAddress,
                "write_data", writeData,
                "step", step,
                "address", known(address),
                "plane", known(plane),
                "fires", fires,
                "place", place,
                "pbit", pbit));
    if (schedule.padded()) {
      read.put("in_image", known(inImage));
    }
    wiring.note("Elements, which get weight and input a cycle after their address.");
    Signal adding = wiring.delayed("adding", known(feed));
    Signal doubling = wiring.delayed("doubling", known(twice));
    Signal ends = known(take);
    Signal taken = wiring.delayed("taken", ends);
    Signal shifting = wiring.delayed("shifting", known(shift));
    Signal left = new Signal("left", units.width());
    Signal some = wiring.wire("some_left", Wiring.is(left, 0).not());
    Signal leaving = wiring.delayed("leaving", some);
    Map<String, Expression> controls =
        new HashMap<>(
            Map.of(
                "add", adding,
                "twice", doubling,
                "take", taken,
                "shift", shifting,
                "load", seeding,
                "advance", leaving));
    if (accelerator.scrambled()) {
      controls.put("pass", done.bits(Scrambler.PASS_BITS - 1, 0));
    }
    List<Signal> held = elements(controls, read, state, coinsState);
    wiring.note("Units leave the elements one in a cycle.");
    Expression fewer = left.minus(Expression.constant(1, left.width()));
    wiring.add(new Register(left, 0, ends.or(some), ends.choose(known(units), fewer)));
    Map<String, Expression> entering = new HashMap<>();
    Expression counted = leaving;
    if (schedule.pooled()) {
      Signal opening = new Signal("opening", 1);
      Signal closing = new Signal("closing", 1);
      wiring.add(new Register(opening, 0, ends, known(opens)));
      wiring.add(new Register(closing, 0, ends, known(closes)));
      entering.putAll(Map.of("opens", opening, "closes", closing));
      counted = leaving.and(closing);
    }
    Signal unit = new Signal("unit", place.width());
    wiring.counter(unit, stepEnds, counted);
    Signal beginning = wiring.delayed("beginning", known(begins));
    Signal base = wiring.delayed("base", known(firstParameter));
    Signal parameter = new Signal("affine_address", base.width());
    wiring.add(
        new Register(
            parameter, 0, beginning.or(leaving), beginning.choose(base, Wiring.next(parameter))));
    Signal sum = held.getFirst();
    entering.putAll(
        Map.of(
            "step", step,
            "valid", leaving.and(inLast.not()),
            "unit", unit,
            "affine_address", parameter,
            "sum", sum,
            "random", held.getLast()));
    NeuronUnit neuron =
        new NeuronUnit(
            accelerator.parameters(), schedule, step.width(), accelerator.sumBits(), place.width());
    wiring.add(
        new Instance(
            "neuron",
            neuron.circuit(),
            entering,
            Map.of("fires", fires, "place", place, "pbit", pbit)));
    wiring.add(
        new Instance(
            "totals",
            totals.circuit(),
            Map.of(
                "valid",
                leaving.and(inLast),
                "unit",
                unit,
                "sum",
                sum,
                "first_pass",
                Wiring.is(done, 0),
                "bank",
                done.bit(0),
                "read_address",
                readAddress),
            Map.of("total", total)));
    return new Circuit(
        "accelerator",
        accelerator.summary(),
        List.of(write, writeAddress, writeData, load, seed, start, passes, readAddress),
        wiring.parts(),
        List.of(busy, done, total));
  }

  /// The signal when elements know what they read: at once, or where each looks it up a cycle
  /// later.
  private Signal known(Signal signal) {
    return masked() ? wiring.delayed(signal.name() + "_known", signal) : signal;
  }

  /// Whether each element reads inputs of its own.
  private boolean masked() {
    return activations.furtherBits() > 0;
  }

  /// The elements with their weights, the last first, as each is the next of the one before.
  ///
  /// @param read where all elements read
  /// @return what leaves the first: sum and random number
  private List<Signal> elements(
      Map<String, Expression> controls,
      Map<String, Expression> read,
      Signal firstState,
      Signal firstCoins) {
    Element element = accelerator.element();
    Circuit circuit = element.circuit();
    ElementWeights weights =
        new ElementWeights(
            accelerator.weightLayers(),
            accelerator.elements(),
            weight.width(),
            element.weightBits(),
            activations.furtherBits());
    Expression sum = Expression.constant(0, element.sumBits());
    Expression random = Expression.constant(0, Threshold.BITS);
    Expression state = firstState;
    Expression coins = firstCoins;
    for (int e = accelerator.elements() - 1; e >= 0; e--) {
      Signal own = new Signal("weight_" + e, element.weightBits());
      Signal heldSum = new Signal("sum_" + e, element.sumBits());
      Signal heldRandom = new Signal("random_" + e, Threshold.BITS);
      Signal ownState = new Signal("state_" + e, firstState.width());
      Map<String, Signal> found = new HashMap<>(Map.of("weight", own));
      Map<String, Expression> from = new HashMap<>(read);
      if (masked()) {
        Signal further = new Signal("further_" + e, activations.furtherBits());
        found.put("further", further);
        from.put("further", further);
      }
      String whose = masked() ? "_" + e : "";
      Signal x = new Signal("x" + whose, 1);
      if (masked() || e == 0) {
        wiring.add(
            new Instance("activations" + whose, activations.circuit(), from, Map.of("x", x)));
      }
      wiring.add(new Instance("weights_of_" + e, weights.of(e), Map.of("address", weight), found));
      Map<String, Expression> inputs = new HashMap<>(controls);
      inputs.put("x", x);
      inputs.putAll(Map.of("weight", own, "seed", state, "next_sum", sum, "next_random", random));
      Map<String, Signal> outputs =
          new HashMap<>(Map.of("held_sum", heldSum, "held_random", heldRandom, "state", ownState));
      if (accelerator.scrambled()) {
        inputs.put("coins_seed", coins);
        Signal ownCoins = new Signal("coins_" + e, firstCoins.width());
        outputs.put("coins", ownCoins);
        coins = ownCoins;
      }
      wiring.add(new Instance("element_" + e, circuit, inputs, outputs));
      sum = heldSum;
      random = heldRandom;
      state = ownState;
    }
    return List.of((Signal) sum, (Signal) random);
  }
}
