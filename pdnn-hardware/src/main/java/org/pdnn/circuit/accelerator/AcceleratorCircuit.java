package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Write;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Threshold;

/// Puts an accelerator together: what a host reads and writes, the sequencer, memories of inputs
/// and p-bits, elements side by side, and what they share.
final class AcceleratorCircuit {
  private final Accelerator accelerator;
  private final Schedule schedule;
  private final List<Step> steps;
  private final Sequencer sequencer;
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
    this.sequencer = new Sequencer(schedule, accelerator.parameters());
    this.step = new Signal("step", sequencer.stepBits());
    this.address = new Signal("address", Scanner.addressBits(steps));
    this.weight = new Signal("weight", sequencer.weightBits());
    int units = steps.stream().mapToInt(Step::units).max().orElseThrow();
    this.place = new Signal("place", Memory.addressBits(Math.max(2, units)));
  }

  Circuit circuit() {
    Totals totals =
        new Totals(
            steps.getLast().units(), place.width(), accelerator.sumBits(), accelerator.totalBits());
    Signal write = new Signal("write", 1);
    Signal writeAddress =
        new Signal("write_address", Memory.addressBits(Math.max(2, accelerator.inputs())));
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
    Signal units = new Signal("units", Sequencer.bits(accelerator.elements()));
    Signal begins = new Signal("begins", 1);
    Signal firstParameter = new Signal("affine_base", accelerator.parameters().addressBits());
    Signal opens = new Signal("opens", 1);
    Signal closes = new Signal("closes", 1);
    Signal stepEnds = new Signal("step_ends", 1);
    Signal seeding = new Signal("seeding", 1);
    Signal state = new Signal("first_state", seed.width());
    Signal total = new Signal("total", totals.bits());

    Signal busy = wiring.wire("busy", running.or(seeding));
    wiring.note("First states of the generators.");
    wiring.add(
        new Instance(
            "seeder",
            new Seeder(accelerator.generator().register(), accelerator.elements()).circuit(),
            Map.of("load", load.and(busy.not()), "seed", seed),
            Map.of("seeding", seeding, "state", state)));
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
    wiring.add(
        new Instance(
            "sequencer", sequencer.circuit(), Map.of("start", starts, "passes", passes), says));
    Signal x = x(write, writeAddress, writeData);
    wiring.note("Elements, which get weight and input a cycle after their address.");
    Signal adding = wiring.delayed("adding", feed);
    Signal doubling = wiring.delayed("doubling", twice);
    Signal taken = wiring.delayed("taken", take);
    Signal shifting = wiring.delayed("shifting", shift);
    Signal left = new Signal("left", units.width());
    Signal some = wiring.wire("some_left", Wiring.is(left, 0).not());
    Signal leaving = wiring.delayed("leaving", some);
    Map<String, Expression> controls =
        Map.of(
            "x", x,
            "add", adding,
            "twice", doubling,
            "take", taken,
            "shift", shifting,
            "load", seeding,
            "advance", leaving);
    List<Signal> held = elements(controls, state);
    wiring.note("Units leave the elements one in a cycle.");
    Expression fewer = left.minus(Expression.constant(1, left.width()));
    wiring.add(new Register(left, 0, take.or(some), take.choose(units, fewer)));
    Signal inLast = wiring.wire("in_last", Sequencer.in(step, steps, Kind.LAST));
    Map<String, Expression> entering = new HashMap<>();
    Expression counted = leaving;
    if (schedule.pooled()) {
      Signal opening = new Signal("opening", 1);
      Signal closing = new Signal("closing", 1);
      wiring.add(new Register(opening, 0, take, opens));
      wiring.add(new Register(closing, 0, take, closes));
      entering.putAll(Map.of("opens", opening, "closes", closing));
      counted = leaving.and(closing);
    }
    Signal unit = new Signal("unit", place.width());
    wiring.counter(unit, stepEnds, counted);
    Signal beginning = wiring.delayed("beginning", begins);
    Signal base = wiring.delayed("base", firstParameter);
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

  /// The bit that all elements read: of an input, or of a p-bit of the layer before.
  private Signal x(Signal write, Signal writeAddress, Signal writeData) {
    Signal input = new Signal("input_byte", InputGrid.BITS);
    Signal before = new Signal("pbit_before", 1);
    wiring.note("Inputs, of which the first step reads a bit at a time.");
    wiring.add(
        new Memory(
            "inputs",
            InputGrid.BITS,
            NeuronUnit.zeros(accelerator.inputs()),
            Optional.of(new Write(write, writeAddress, writeData)),
            List.of(new Read(input, NeuronUnit.fitted(address, writeAddress.width())))));
    wiring.note("The p-bits of two layers: that which is read, and that which is written.");
    int most =
        steps.stream()
            .filter(each -> each.kind() != Kind.LAST)
            .mapToInt(Step::units)
            .max()
            .orElseThrow();
    int bits = Memory.addressBits(Math.max(2, most));
    Signal drawn =
        wiring.wire(
            "drawn",
            Sequencer.in(step, steps, Kind.DRAW).or(Sequencer.in(step, steps, Kind.HIDDEN)));
    wiring.add(
        new Memory(
            "pbits",
            1,
            NeuronUnit.zeros(2 << bits),
            Optional.of(
                new Write(
                    fires.and(drawn),
                    Expression.concat(step.bit(0), NeuronUnit.fitted(place, bits)),
                    pbit)),
            List.of(
                new Read(
                    before,
                    Expression.concat(step.bit(0).not(), NeuronUnit.fitted(address, bits))))));
    Signal seen = wiring.delayed("plane_seen", plane);
    Expression half = seen.bit(2).choose(input.bits(7, 4), input.bits(3, 0));
    Signal nibble = wiring.wire("nibble", half);
    Expression quarter = seen.bit(1).choose(nibble.bits(3, 2), nibble.bits(1, 0));
    Signal pair = wiring.wire("pair", quarter);
    Expression bit = seen.bit(0).choose(pair.bit(1), pair.bit(0));
    Expression read = Sequencer.in(step, steps, Kind.THRESHOLDS).choose(bit, before);
    return wiring.wire(
        "x", schedule.padded() ? read.and(wiring.delayed("image_seen", inImage)) : read);
  }

  /// The elements with their weights, the last first, as each is the next of the one before.
  ///
  /// @return what leaves the first: sum and random number
  private List<Signal> elements(Map<String, Expression> controls, Signal firstState) {
    Element element = accelerator.element();
    Circuit circuit = element.circuit();
    Expression sum = Expression.constant(0, element.sumBits());
    Expression random = Expression.constant(0, Threshold.BITS);
    Expression state = firstState;
    for (int e = accelerator.elements() - 1; e >= 0; e--) {
      Signal own = new Signal("weight_" + e, element.weightBits());
      Signal heldSum = new Signal("sum_" + e, element.sumBits());
      Signal heldRandom = new Signal("random_" + e, Threshold.BITS);
      Signal ownState = new Signal("state_" + e, firstState.width());
      Circuit weights = weights(e, element.weightBits());
      wiring.add(
          new Instance(
              "weights_of_" + e, weights, Map.of("address", weight), Map.of("weight", own)));
      Map<String, Expression> inputs = new HashMap<>(controls);
      inputs.putAll(Map.of("weight", own, "seed", state, "next_sum", sum, "next_random", random));
      wiring.add(
          new Instance(
              "element_" + e,
              circuit,
              inputs,
              Map.of("held_sum", heldSum, "held_random", heldRandom, "state", ownState)));
      sum = heldSum;
      random = heldRandom;
      state = ownState;
    }
    return List.of((Signal) sum, (Signal) random);
  }

  /// The weights of an element, in the order in which it uses them.
  private Circuit weights(int element, int bits) {
    List<Long> words = new ArrayList<>();
    for (WeightLayer layer : accelerator.weightLayers()) {
      byte[] codes = layer.weights().codes();
      int groups = Math.ceilDiv(layer.outputs(), accelerator.elements());
      for (int group = 0; group < groups; group++) {
        int unit = group * accelerator.elements() + element;
        for (int term = 0; term < layer.terms(); term++) {
          words.add(unit < layer.outputs() ? layer.code(codes, unit, term) : 0L);
        }
      }
    }
    // The address may stand a word beyond the last.
    words.add(0L);
    Signal address = new Signal("address", weight.width());
    Signal data = new Signal("weight", bits);
    return new Circuit(
        "weights_" + element,
        "The weights of element %s, in the order in which it uses them.".formatted(element),
        List.of(address),
        List.of(
            new Memory("weights", bits, words, Optional.empty(), List.of(new Read(data, address)))),
        List.of(data));
  }
}
