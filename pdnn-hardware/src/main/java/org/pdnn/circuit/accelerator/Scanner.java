package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Scan.Loop;
import org.pdnn.circuit.accelerator.Scan.Move;
import org.pdnn.circuit.accelerator.Step.Kind;

/// The [Scan]s of all steps as an odometer: a counter for each loop that one of them needs, and the
/// address, row and column of the term, which each turn moves by a constant of the step. So nothing
/// is multiplied; where no image is padded there are no rows and columns, and in dense networks no
/// counters.
final class Scanner {
  private static final List<String> TERMS = List.of("channel", "across", "down");
  private static final List<String> PLACES =
      List.of("member_across", "member_down", "place_column", "place_row");

  static final Signal START = new Signal("start", 1);

  /// A term is read.
  static final Signal FEED = new Signal("feed", 1);

  /// It is the last of the place.
  static final Signal LAST_TERM = new Signal("last_term", 1);

  /// The place has been read for all of its units.
  static final Signal GROUPS_END = new Signal("groups_end", 1);

  static final Signal STEP_ENDS = new Signal("step_ends", 1);

  private final Wiring wiring;
  private final Schedule schedule;
  private final List<Step> steps;
  private final Signal step;
  private final Signal address;
  private final Signal row;
  private final Signal column;
  private final List<Turn> terms;
  private final List<Turn> places;

  /// A loop that takes several turns in some step.
  ///
  /// @param loop its index
  /// @param last turn
  /// @param ends whether this turn is the last
  private record Turn(int loop, Signal count, Expression last, Signal ends) {}

  /// Adds whether loops end.
  Scanner(Wiring wiring, Schedule schedule, Signal step) {
    this.wiring = wiring;
    this.schedule = schedule;
    this.steps = schedule.steps();
    this.step = step;
    this.address = new Signal("address", addressBits(steps));
    this.row = new Signal("image_row", axisBits(Scan::rows, Move::row));
    this.column = new Signal("image_column", axisBits(Scan::columns, Move::column));
    this.terms = turns(TERMS, Scan::terms, Scanner::reads);
    this.places = turns(PLACES, Scan::places, _ -> true);
    Stream.concat(inner(terms).stream(), places.stream())
        .forEach(turn -> wiring.add(new Wire(turn.ends, turn.count.equalTo(turn.last))));
  }

  /// Bits of a place in an image.
  static int addressBits(List<Step> steps) {
    return Wiring.bits(most(steps, Scan::units) - 1L);
  }

  private static int most(List<Step> steps, ToIntFunction<Scan> of) {
    return steps.stream().mapToInt(each -> of.applyAsInt(each.scan())).max().orElseThrow();
  }

  /// Bits of a row or column in two's complement: before the image it is negative.
  private int axisBits(ToIntFunction<Scan> extent, ToIntFunction<Move> axis) {
    int before = most(steps, scan -> -axis.applyAsInt(scan.origin()));
    int last = most(steps, scan -> axis.applyAsInt(scan.last()));
    return 1 + Wiring.bits(Math.max(Math.max(before, last), most(steps, extent)));
  }

  private List<Turn> turns(
      List<String> names, Function<Scan, List<Loop>> loops, Predicate<Scan> matters) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int loop = i;
      ToIntFunction<Scan> last = scan -> loops.apply(scan).get(loop).count() - 1;
      if (most(steps, last) > 0) {
        Signal count = new Signal(names.get(loop), Wiring.bits(most(steps, last)));
        Expression end = byStep(matters, last::applyAsInt, count.width());
        turns.add(new Turn(loop, count, end, new Signal(count.name() + "_ends", 1)));
      }
    }
    return turns;
  }

  /// Without the outermost, which ends when all of them do.
  private static List<Turn> inner(List<Turn> turns) {
    return turns.subList(0, Math.max(0, turns.size() - 1));
  }

  /// A constant of the scans of some steps, modulo what its bits hold.
  private Expression byStep(Predicate<Scan> matters, ToLongFunction<Scan> constant, int width) {
    return Sequencer.byStep(
        step,
        steps,
        each -> matters.test(each.scan()),
        each -> constant.applyAsLong(each.scan()) & Expression.mask(width),
        width);
  }

  private static boolean reads(Scan scan) {
    return scan.termCount() > 0;
  }

  /// Whether a kernel has several places.
  boolean moves() {
    return !places.isEmpty();
  }

  /// Whether the place is the last of its step.
  Expression lastPlace() {
    return all(places, Turn::ends);
  }

  /// Whether the place is the first of a pool.
  Expression opens() {
    return all(members(), turn -> Wiring.is(turn.count, 0));
  }

  /// Whether it is the last of a pool.
  Expression closes() {
    return all(members(), Turn::ends);
  }

  private List<Turn> members() {
    return places.stream().filter(turn -> turn.loop < Scan.MEMBERS).toList();
  }

  private static Expression all(List<Turn> turns, Function<Turn, Expression> bit) {
    return turns.stream().map(bit).reduce(Expression::and).orElse(Part.ALWAYS);
  }

  Signal address() {
    return address;
  }

  /// Whether the term lies in the image.
  Expression inside() {
    Expression rows = byStep(Scanner::reads, Scan::rows, row.width());
    Expression columns = byStep(Scanner::reads, Scan::columns, column.width());
    return row.lessThan(rows).and(column.lessThan(columns));
  }

  /// Where the parameters of the place's first unit are.
  Expression parameter(Parameters parameters) {
    int width = parameters.addressBits();
    Expression found =
        Sequencer.byStep(
            step,
            steps,
            Scanner::hasParameters,
            each -> parameters.first(schedule.layer(each)),
            width);
    found = further(found, row, parameters::furtherByRow);
    return further(found, column, parameters::furtherByColumn);
  }

  private static boolean hasParameters(Step step) {
    return step.kind() == Kind.THRESHOLDS || step.kind() == Kind.HIDDEN;
  }

  private Expression further(
      Expression address, Signal position, IntFunction<Map<Integer, Integer>> by) {
    Expression further = Expression.constant(0, address.width());
    for (Step each : steps) {
      if (hasParameters(each)) {
        for (Map.Entry<Integer, Integer> other : by.apply(schedule.layer(each)).entrySet()) {
          Expression here =
              Wiring.is(step, steps.indexOf(each)).and(Wiring.is(position, other.getKey()));
          further = here.choose(Expression.constant(other.getValue(), address.width()), further);
        }
      }
    }
    return further instanceof Expression.Constant ? address : address.plus(further);
  }

  /// Adds what counts and moves.
  void addRegisters() {
    count(inner(terms), FEED);
    count(places, GROUPS_END);
    track(address, Move::address);
    if (schedule.padded()) {
      track(row, Move::row);
      track(column, Move::column);
    }
  }

  private void count(List<Turn> turns, Signal advances) {
    Signal advance = advances;
    for (Turn turn : turns) {
      Signal wraps = wiring.wire(turn.count.name() + "_wraps", advance.and(turn.ends));
      wiring.counter(turn.count, wraps, advance);
      advance = wraps;
    }
  }

  private void track(Signal position, ToIntFunction<Move> axis) {
    int width = position.width();
    Expression back =
        byStep(Scanner::reads, scan -> axis.applyAsInt(Scan.back(scan.terms())), width);
    Expression move =
        wiring.wire(
            position.name() + "_by_term",
            LAST_TERM.choose(back, turned(terms, Scan::terms, axis, width)));
    Expression moves = FEED;
    if (moves()) {
      Signal byPlace =
          wiring.wire(position.name() + "_by_place", turned(places, Scan::places, axis, width));
      move = FEED.choose(move, byPlace);
      moves = FEED.or(GROUPS_END);
    }
    Expression moved = position.plus(move);
    Expression begins = START.or(STEP_ENDS);
    if (steps.stream().allMatch(each -> axis.applyAsInt(each.scan().origin()) == 0)) {
      wiring.add(new Register(position, 0, begins, moves, moved));
      return;
    }
    Expression first =
        Expression.constant(axis.applyAsInt(steps.getFirst().scan().origin()), width);
    Expression following =
        Sequencer.byStep(
            step,
            steps,
            each -> reads(following(each).scan()),
            each -> axis.applyAsInt(following(each).scan().origin()) & Expression.mask(width),
            width);
    wiring.add(
        new Register(
            position, 0, begins.or(moves), begins.choose(START.choose(first, following), moved)));
  }

  /// The step after another: the second after the last.
  private Step following(Step of) {
    int next = steps.indexOf(of) + 1;
    return steps.get(next < steps.size() ? next : 1);
  }

  /// The move of the innermost loop that has not ended.
  private Expression turned(
      List<Turn> turns, Function<Scan, List<Loop>> loops, ToIntFunction<Move> axis, int width) {
    Expression move = Expression.constant(0, width);
    for (Turn turn : turns.reversed()) {
      Expression here =
          byStep(
              scan -> loops.apply(scan).get(turn.loop).count() > 1,
              scan -> axis.applyAsInt(Scan.turn(loops.apply(scan), turn.loop)),
              width);
      move = turn.equals(turns.getLast()) ? here : turn.ends.choose(move, here);
    }
    return move;
  }
}
