package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Part.Write;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.PBitLayer.Rule;
import org.pdnn.integer.Threshold;

/// Makes one threshold of those of a pool's members, which come member by member, each with all
/// channels. What is kept is the probability that the pool is down: the product of its members', or
/// the least of them where the pool comes before the draw.
///
/// @param layers of p-bits
/// @param schedule what comes when
/// @param stepBits bits of a step's number
record PoolUnit(List<PBitLayer> layers, Schedule schedule, int stepBits) {
  /// Cycles from a threshold to that of the pool so far.
  static final int LATENCY = 2;

  private static final int BITS = Threshold.BITS + 1;

  Circuit circuit() {
    List<Step> steps = schedule.steps();
    int most = steps.stream().filter(PoolUnit::pools).mapToInt(Step::channels).max().orElseThrow();
    int addressBits = Memory.addressBits(Math.max(2, most));
    Signal step = new Signal("step", stepBits);
    Signal valid = new Signal("valid", 1);
    Signal opens = new Signal("opens", 1);
    Signal threshold = new Signal("threshold", BITS);
    Signal channel = new Signal("channel", addressBits);
    Signal soFar = new Signal("so_far", BITS);
    Signal pooled = new Signal("pooled", BITS);
    Wiring wiring = new Wiring();
    wiring.note("Channels, of which a member has all.");
    Expression in = Sequencer.in(step, steps, PoolUnit::pools);
    Signal member = wiring.wire("member", valid.and(in));
    Expression last =
        Sequencer.byStep(step, steps, PoolUnit::pools, each -> each.channels() - 1L, addressBits);
    wiring.counter(channel, member.and(channel.equalTo(last)), member);
    wiring.note("What lies down: this member, and the pool with it.");
    Expression one = Expression.constant(Threshold.ONE, BITS);
    Signal down = wiring.delayed("down", one.minus(threshold));
    Signal first = wiring.delayed("first", opens);
    Signal joined = wiring.delayed("joined", first.choose(down, both(wiring, step, down, soFar)));
    wiring.add(new Wire(pooled, one.minus(joined)));
    wiring.note("Kept for the next member.");
    Signal member1 = wiring.delayed("member_1", member);
    Signal channel1 = wiring.delayed("channel_1", channel);
    wiring.add(
        new Memory(
            "pools",
            BITS,
            NeuronUnit.zeros(most),
            Optional.of(
                new Write(
                    wiring.delayed("member_2", member1),
                    wiring.delayed("channel_2", channel1),
                    joined)),
            List.of(new Read(soFar, channel))));
    return new Circuit(
        "pool",
        "Thresholds of the members of pools become those of pools.",
        List.of(step, valid, opens, threshold),
        wiring.parts(),
        List.of(pooled));
  }

  private static boolean pools(Step step) {
    return step.scan().members() > 1;
  }

  /// A pool that is down with its next member.
  private Expression both(Wiring wiring, Signal step, Signal down, Signal soFar) {
    Predicate<Step> greatest = each -> pools(each) && rule(each) == Rule.GREATEST;
    Predicate<Step> either = each -> pools(each) && rule(each) == Rule.EITHER;
    Expression least = soFar.lessThan(down).choose(soFar, down);
    if (schedule.steps().stream().noneMatch(either)) {
      return least;
    }
    Expression half = Expression.constant(Threshold.ONE / 2, 2 * BITS);
    Signal product = wiring.wire("product", down.times(soFar).plus(half));
    Expression rounded = product.bits(Threshold.BITS + BITS - 1, Threshold.BITS);
    if (schedule.steps().stream().noneMatch(greatest)) {
      return rounded;
    }
    return Sequencer.in(step, schedule.steps(), greatest).choose(least, rounded);
  }

  private Rule rule(Step step) {
    return layers.get(schedule.layer(step)).pooling().orElseThrow().rule();
  }
}
