package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.element.Scrambler;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Scheme;

/// The part of figure 7 that each unit needs for itself: selective accumulation and a generator.
/// What a unit needs once, all elements share ([NeuronUnit]).
///
/// Cycles with `add` give terms, `weight` and `x`, and `shift` moves the generator. `twice` doubles
/// the sum, before the next lower bit of inputs. `take` ends the unit: its sum and its random
/// number move to `held_sum` and `held_random`, from where they leave element by element with
/// `advance`. Generators are loaded in the same way, each by its neighbour.
///
/// @param weightBits bits of a weight
/// @param sumBits bits of a sum With `scrambled` passes a second generator holds the coins of a
///   unit, and the random number is that of the pass.
///
/// @param generator of random numbers
/// @param scrambled whether passes are
record Element(int weightBits, int sumBits, Lfsr generator, boolean scrambled) {
  Circuit circuit() {
    Signal weight = new Signal("weight", weightBits);
    Signal x = new Signal("x", 1);
    Signal add = new Signal("add", 1);
    Signal twice = new Signal("twice", 1);
    Signal take = new Signal("take", 1);
    Signal shift = new Signal("shift", 1);
    Signal load = new Signal("load", 1);
    Signal seed = new Signal("seed", generator.bits());
    Signal advance = new Signal("advance", 1);
    Signal nextSum = new Signal("next_sum", sumBits);
    Signal nextRandom = new Signal("next_random", Threshold.BITS);
    Signal sum = new Signal("sum", sumBits);
    Signal state = new Signal("state", generator.bits());
    Signal heldSum = new Signal("held_sum", sumBits);
    Signal heldRandom = new Signal("held_random", Threshold.BITS);
    Wiring wiring = new Wiring();
    wiring.note("Synapse: adds the weights whose input bit is up.");
    Signal addend = wiring.wire("addend", twice.choose(sum, weight.signExtended(sumBits)));
    Signal total = wiring.wire("total", sum.plus(addend));
    Expression moves = twice.or(add.and(x));
    wiring.add(new Register(sum, 0, take, moves, total));
    wiring.note("Generator: moves with every term, so that each unit finds a fresh word.");
    wiring.add(
        new Instance(
            "generator",
            generator.circuit(),
            Map.of("load", load, "seed", seed, "shift", shift),
            Map.of("state", state)));
    List<Signal> inputs =
        new ArrayList<>(
            List.of(weight, x, add, twice, take, shift, load, seed, advance, nextSum, nextRandom));
    List<Signal> outputs = new ArrayList<>(List.of(heldSum, heldRandom, state));
    Expression random = state.top(Threshold.BITS);
    if (scrambled) {
      Signal pass = new Signal("pass", Scrambler.PASS_BITS);
      Signal coinsSeed = new Signal("coins_seed", generator.bits());
      Signal coins = new Signal("coins", generator.bits());
      Signal scrambledRandom = new Signal("random", Threshold.BITS);
      inputs.addAll(List.of(pass, coinsSeed));
      outputs.add(coins);
      wiring.note("Coins, and the random number of the pass.");
      wiring.add(
          new Instance(
              "coin_generator",
              generator.circuit(),
              Map.of("load", load, "seed", coinsSeed, "shift", shift),
              Map.of("state", coins)));
      wiring.add(
          new Instance(
              "scrambler",
              new Scrambler(Threshold.BITS).circuit(),
              Map.of(
                  "word", random, "coins", coins.bits(Scheme.SCRAMBLED_BLOCK - 2, 0), "pass", pass),
              Map.of("random", scrambledRandom)));
      random = scrambledRandom;
    }
    wiring.note("What a unit ends with, on its way to the neuron that all elements share.");
    Expression moved = take.or(advance);
    wiring.add(new Register(heldSum, 0, moved, take.choose(sum, nextSum)));
    wiring.add(new Register(heldRandom, 0, moved, take.choose(random, nextRandom)));
    return new Circuit(
        "element",
        "Selective accumulator and generator: Ghantasala et al. (2026), figure 7.",
        inputs,
        wiring.parts(),
        outputs);
  }
}
