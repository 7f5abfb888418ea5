package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.circuit.element.Scrambler;
import org.pdnn.random.Scheme;

/// Goes through a [Schedule]: which step, which place, which group of units, which bit of the
/// inputs, which term; after the last group the pipeline empties. It knows no data.
///
/// `feed` gives the address of a term and of its weight, `twice` ends all sweeps of a group but the
/// last, `take` that one, and `shift` moves the generators. With `take` come what the group has:
/// `units`, whether it `begins` a place, whose parameters lie at `affine_base`, and whether the
/// place `opens` and `closes` a pool.
///
/// @param schedule what to do
/// @param parameters of all units
/// @param scrambled whether it says in a pass that `block_ends` with it, those that share words
record Sequencer(Schedule schedule, Parameters parameters, boolean scrambled) {
  /// Bits of T.
  static final int PASS_BITS = 16;

  /// Bits of the number of an input's bit.
  static final int PLANE_BITS = 3;

  /// Bits of a step's number.
  static int stepBits(List<Step> steps) {
    return Wiring.bits(steps.size() - 1L);
  }

  /// Bits of a term's number.
  int slotBits() {
    return Wiring.bits(
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
    return Wiring.bits(weights());
  }

  /// A constant of each step.
  static Expression byStep(
      Signal step, List<Step> steps, ToLongFunction<Step> constant, int width) {
    return byStep(step, steps, _ -> true, constant, width);
  }

  /// A constant of each step, and any for those in which it does not matter.
  static Expression byStep(
      Signal step,
      List<Step> steps,
      Predicate<Step> matters,
      ToLongFunction<Step> constant,
      int width) {
    Expression found = Expression.constant(0, width);
    for (Step each : steps.stream().filter(matters).toList().reversed()) {
      Expression here = Expression.constant(constant.applyAsLong(each), width);
      boolean last =
          steps.subList(steps.indexOf(each) + 1, steps.size()).stream().noneMatch(matters);
      found =
          last || here.equals(found)
              ? here
              : Wiring.is(step, steps.indexOf(each)).choose(here, found);
    }
    return found;
  }

  Circuit circuit() {
    List<Step> steps = schedule.steps();
    int lastStep = steps.size() - 1;
    int elements = steps.getFirst().elements();
    int groupBits = Wiring.bits(steps.stream().mapToLong(Step::groups).max().orElseThrow());
    Signal start = Scanner.START;
    Signal passes = new Signal("passes", PASS_BITS);
    Signal running = new Signal("running", 1);
    Signal step = new Signal("step", stepBits(steps));
    Signal plane = new Signal("plane", PLANE_BITS);
    Signal slot = new Signal("slot", slotBits());
    Signal group = new Signal("group", groupBits);
    Signal emptying = new Signal("emptying", 1);
    Signal pass = new Signal("pass", PASS_BITS);
    Signal asked = new Signal("asked", PASS_BITS);
    Signal weight = new Signal("weight", weightBits());
    Signal first = new Signal("first_weight", weightBits());
    Signal feed = Scanner.FEED;
    Signal twice = new Signal("twice", 1);
    Signal take = new Signal("take", 1);
    Signal shift = new Signal("shift", 1);
    Signal units = new Signal("units", Wiring.bits(elements));
    Signal begins = new Signal("begins", 1);
    Signal parameter = new Signal("affine_base", parameters.addressBits());
    Signal stepEnds = Scanner.STEP_ENDS;
    Signal groupsEnd = Scanner.GROUPS_END;
    Wiring wiring = new Wiring();
    wiring.note("What the step says: terms, cycles before the last sweep ends, groups of units.");
    Signal terms = wiring.wire("terms", byStep(step, steps, Step::terms, slot.width()));
    Signal slots = wiring.wire("slots", byStep(step, steps, Step::slots, slot.width()));
    Signal groups =
        wiring.wire("last_group", byStep(step, steps, each -> each.groups() - 1, groupBits));
    Signal sweeping = wiring.wire("sweeping", running.and(emptying.not()));
    Signal lastPlane = wiring.wire("last_plane", Wiring.is(plane, 0));
    Expression lasts = lastPlane.choose(slots, terms);
    Signal ends = wiring.wire("sweep_ends", sweeping.and(slot.equalTo(lasts)));
    Signal thresholds = wiring.wire("in_thresholds", Wiring.is(step, 0));
    Signal inLast = wiring.wire("in_last", Wiring.is(step, lastStep));
    wiring.add(new Wire(feed, sweeping.and(slot.lessThan(terms))));
    wiring.add(new Wire(Scanner.LAST_TERM, Wiring.next(slot).equalTo(terms)));
    wiring.add(new Wire(twice, ends.and(lastPlane.not())));
    wiring.add(new Wire(take, ends.and(lastPlane)));
    wiring.add(new Wire(groupsEnd, take.and(group.equalTo(groups))));
    Scanner scanner = new Scanner(wiring, schedule, step);
    Signal placesEnd = groupsEnd;
    if (scanner.moves()) {
      placesEnd = wiring.wire("places_end", groupsEnd.and(scanner.lastPlace()));
    }
    List<Signal> outputs =
        new ArrayList<>(List.of(running, step, plane, scanner.address(), pass, weight));
    outputs.addAll(List.of(feed, twice, take, shift, units, begins, parameter, stepEnds));
    Expression draws = thresholds.or(inLast).not();
    if (schedule.pooled()) {
      outputs.add(wiring.wire("opens", scanner.opens()));
      Signal closes = wiring.wire("closes", scanner.closes());
      outputs.add(closes);
      draws = draws.and(closes);
    }
    if (schedule.padded()) {
      outputs.add(wiring.wire("in_image", scanner.inside()));
    }
    wiring.add(new Wire(shift, sweeping.and(ends.not()).and(draws)));
    wiring.add(new Wire(stepEnds, emptying.and(Wiring.is(slot, steps.getFirst().flush() - 1L))));
    Signal passEnds = wiring.wire("pass_ends", stepEnds.and(inLast));
    Signal nextPass = wiring.wire("next_pass", Wiring.next(pass));
    Signal finishes = wiring.wire("finishes", passEnds.and(nextPass.equalTo(asked)));
    if (scrambled) {
      Expression full =
          Wiring.is(pass.bits(Scrambler.PASS_BITS - 1, 0), Scheme.SCRAMBLED_BLOCK - 1);
      outputs.add(wiring.wire("block_ends", full.or(nextPass.equalTo(asked))));
    }
    wiring.note("What a group has.");
    wiring.add(
        new Wire(
            units,
            group
                .equalTo(groups)
                .choose(
                    byStep(step, steps, Sequencer::unitsOfLastGroup, units.width()),
                    Expression.constant(elements, units.width()))));
    wiring.add(new Wire(begins, take.and(Wiring.is(group, 0))));
    wiring.add(new Wire(parameter, scanner.parameter(parameters)));
    wiring.note("Where it is.");
    wiring.add(new Register(asked, 0, start, passes));
    wiring.add(new Register(running, 0, start.or(finishes), start));
    wiring.counter(slot, start.or(ends).or(stepEnds), running);
    wiring.add(new Register(emptying, 0, start.or(placesEnd).or(stepEnds), placesEnd));
    Expression highest = Expression.constant(steps.getFirst().planes() - 1L, PLANE_BITS);
    Expression lower =
        take.choose(
            thresholds.and(placesEnd.not()).choose(highest, Expression.constant(0, PLANE_BITS)),
            plane.minus(Expression.constant(1, PLANE_BITS)));
    wiring.add(new Register(plane, 0, start.or(ends), start.choose(highest, lower)));
    wiring.counter(group, start.or(groupsEnd), take);
    scanner.addRegisters();
    Expression following = inLast.choose(Expression.constant(1, step.width()), Wiring.next(step));
    wiring.add(new Register(step, 0, start, stepEnds, following));
    wiring.add(new Register(pass, 0, start, passEnds, nextPass));
    wiring.note("The weight: that of the group's first term again for each bit of the inputs.");
    Expression afterFirst = Expression.constant(firstWeight(steps.get(1)), weight.width());
    Expression restarts = passEnds;
    Expression restart = afterFirst;
    if (scanner.moves()) {
      restarts = wiring.wire("restarts", passEnds.or(groupsEnd.and(placesEnd.not())));
      restart = byStep(step, steps, this::restart, weight.width());
    }
    wiring.add(
        new Register(
            weight,
            0,
            start,
            feed.or(twice).or(restarts),
            restarts.choose(restart, twice.choose(first, Wiring.next(weight)))));
    wiring.add(new Register(first, 0, start.or(restarts), take, weight));
    return new Circuit(
        "sequencer",
        "The steps, places, groups, bits and terms of an input, one term in a cycle.",
        List.of(start, passes),
        wiring.parts(),
        outputs);
  }

  private static int unitsOfLastGroup(Step step) {
    return step.channels() - (step.groups() - 1) * step.elements();
  }

  /// The weight of a step's first term.
  private long firstWeight(Step step) {
    return schedule.steps().subList(0, schedule.steps().indexOf(step)).stream()
        .mapToLong(before -> (long) before.groups() * before.terms())
        .sum();
  }

  /// The weight at which a step's next place begins, or the next pass after the last step.
  private long restart(Step step) {
    return firstWeight(step.places() > 1 ? step : schedule.steps().get(1));
  }

  /// Whether a step is of a kind.
  static Expression in(Signal step, List<Step> steps, Kind kind) {
    return in(step, steps, each -> each.kind() == kind);
  }

  /// Whether a step is one of those.
  static Expression in(Signal step, List<Step> steps, Predicate<Step> those) {
    return steps.stream()
        .filter(those)
        .map(each -> Wiring.is(step, steps.indexOf(each)))
        .reduce(Expression::or)
        .orElse(Part.NEVER);
  }
}
