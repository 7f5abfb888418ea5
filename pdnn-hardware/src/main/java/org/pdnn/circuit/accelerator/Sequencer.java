package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.function.ToLongFunction;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.accelerator.Step.Kind;

/// Goes through a [Schedule]: which step, which group of units, which bit of the inputs, which
/// term; after the last group the pipeline empties. It knows no data.
///
/// `feed` gives the address of a term and of its weight, `twice` ends all sweeps of a group but the
/// last, `take` that one, and `shift` moves the generators.
///
/// @param schedule what to do
record Sequencer(Schedule schedule) {
  /// Bits of T.
  static final int PASS_BITS = 16;

  /// Bits of the number of an input's bit.
  static final int PLANE_BITS = 3;

  /// Bits of a step's number.
  int stepBits() {
    return bits(schedule.steps().size() - 1L);
  }

  /// Bits of a term's number.
  int slotBits() {
    return bits(
        schedule.steps().stream()
            .mapToLong(step -> Math.max(step.slots(), step.flush()))
            .max()
            .orElseThrow());
  }

  /// Weights of an element.
  int weights() {
    return schedule.steps().stream().mapToInt(step -> step.groups() * step.terms()).sum();
  }

  int weightBits() {
    return bits(weights());
  }

  /// Bits of numbers up to this.
  static int bits(long most) {
    return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(most));
  }

  /// A constant of each step.
  static Expression byStep(
      Signal step, List<Step> steps, ToLongFunction<Step> constant, int width) {
    Expression found = Expression.constant(constant.applyAsLong(steps.getLast()), width);
    for (int i = steps.size() - 2; i >= 0; i--) {
      Expression here = Expression.constant(constant.applyAsLong(steps.get(i)), width);
      found = here.equals(found) ? found : Wiring.is(step, i).choose(here, found);
    }
    return found;
  }

  Circuit circuit() {
    List<Step> steps = schedule.steps();
    int lastStep = steps.size() - 1;
    int groupBits = bits(steps.stream().mapToLong(Step::groups).max().orElseThrow());
    Signal start = new Signal("start", 1);
    Signal passes = new Signal("passes", PASS_BITS);
    Signal running = new Signal("running", 1);
    Signal step = new Signal("step", stepBits());
    Signal plane = new Signal("plane", PLANE_BITS);
    Signal slot = new Signal("slot", slotBits());
    Signal group = new Signal("group", groupBits);
    Signal emptying = new Signal("emptying", 1);
    Signal pass = new Signal("pass", PASS_BITS);
    Signal asked = new Signal("asked", PASS_BITS);
    Signal weight = new Signal("weight", weightBits());
    Signal first = new Signal("first_weight", weightBits());
    Signal feed = new Signal("feed", 1);
    Signal twice = new Signal("twice", 1);
    Signal take = new Signal("take", 1);
    Signal shift = new Signal("shift", 1);
    Signal stepEnds = new Signal("step_ends", 1);
    Wiring wiring = new Wiring();
    wiring.note("What the step says: terms, cycles before a sweep ends, groups of units.");
    Signal terms = wiring.wire("terms", byStep(step, steps, Step::terms, slot.width()));
    Signal slots = wiring.wire("slots", byStep(step, steps, Step::slots, slot.width()));
    Signal groups =
        wiring.wire("last_group", byStep(step, steps, each -> each.groups() - 1, groupBits));
    Signal sweeping = wiring.wire("sweeping", running.and(emptying.not()));
    Signal ends = wiring.wire("sweep_ends", sweeping.and(slot.equalTo(slots)));
    Signal thresholds = wiring.wire("in_thresholds", Wiring.is(step, 0));
    Signal inLast = wiring.wire("in_last", Wiring.is(step, lastStep));
    wiring.add(new Wire(feed, sweeping.and(slot.lessThan(terms))));
    wiring.add(new Wire(twice, ends.and(Wiring.is(plane, 0).not())));
    wiring.add(new Wire(take, ends.and(Wiring.is(plane, 0))));
    wiring.add(new Wire(shift, sweeping.and(ends.not()).and(thresholds.or(inLast).not())));
    Signal groupsEnd = wiring.wire("groups_end", take.and(group.equalTo(groups)));
    wiring.add(new Wire(stepEnds, emptying.and(Wiring.is(slot, steps.getFirst().flush() - 1L))));
    Signal passEnds = wiring.wire("pass_ends", stepEnds.and(inLast));
    Signal nextPass = wiring.wire("next_pass", Wiring.next(pass));
    Signal finishes = wiring.wire("finishes", passEnds.and(nextPass.equalTo(asked)));
    wiring.note("Where it is.");
    wiring.add(new Register(asked, 0, start, passes));
    wiring.add(new Register(running, 0, start.or(finishes), start));
    wiring.counter(slot, start.or(ends).or(stepEnds), running);
    wiring.add(new Register(emptying, 0, start.or(groupsEnd).or(stepEnds), groupsEnd));
    Expression allPlanes = Expression.constant(-1, PLANE_BITS);
    Expression lower =
        take.choose(
            thresholds.and(groupsEnd.not()).choose(allPlanes, Expression.constant(0, PLANE_BITS)),
            plane.minus(Expression.constant(1, PLANE_BITS)));
    wiring.add(new Register(plane, 0, start.or(ends), start.choose(allPlanes, lower)));
    wiring.counter(group, start.or(groupsEnd), take);
    Expression following = inLast.choose(Expression.constant(1, step.width()), Wiring.next(step));
    wiring.add(new Register(step, 0, start, stepEnds, following));
    wiring.add(new Register(pass, 0, start, passEnds, nextPass));
    wiring.note("The weight: that of the group's first term again for each bit of the inputs.");
    Step firstStep = steps.getFirst();
    Expression afterFirst =
        Expression.constant((long) firstStep.groups() * firstStep.terms(), weight.width());
    wiring.add(
        new Register(
            weight,
            0,
            start,
            feed.or(twice).or(passEnds),
            passEnds.choose(afterFirst, twice.choose(first, Wiring.next(weight)))));
    wiring.add(
        new Register(first, 0, start, take.or(passEnds), passEnds.choose(afterFirst, weight)));
    return new Circuit(
        "sequencer",
        "The steps, groups, bits and terms of an input, one term in a cycle.",
        List.of(start, passes),
        wiring.parts(),
        List.of(running, step, plane, slot, pass, weight, feed, twice, take, shift, stepEnds));
  }

  /// Whether a step is of a kind.
  static Expression in(Signal step, List<Step> steps, Kind kind) {
    Expression found = Part.NEVER;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).kind() == kind) {
        found = found.equals(Part.NEVER) ? Wiring.is(step, i) : found.or(Wiring.is(step, i));
      }
    }
    return found;
  }
}
