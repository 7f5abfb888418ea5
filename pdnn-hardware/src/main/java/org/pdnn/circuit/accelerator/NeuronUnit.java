package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Part.Write;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.circuit.element.Saturation;
import org.pdnn.circuit.element.ThresholdTable;
import org.pdnn.integer.Threshold;

/// The part of figure 7 that all elements share, as each needs it once for a unit: from a sum the
/// threshold, I = (M (sum >> R) + B) >> S clamped and its activation, and from that and a random
/// number the p-bit. A unit enters in each cycle and leaves some later; the numbers of signals are
/// those of the stages.
///
/// Thresholds of the first layer are kept, and its p-bits drawn from them in each pass. Where there
/// are pools, their members come one after the other, and the last gives the p-bit.
///
/// @param parameters of the layers of p-bits
/// @param schedule what comes when
/// @param stepBits bits of a step's number
/// @param sumBits bits of a sum
/// @param unitBits bits of a unit's number
record NeuronUnit(
    Parameters parameters, Schedule schedule, int stepBits, int sumBits, int unitBits) {
  /// Cycles from a unit's sum to its threshold.
  private static final int LATENCY = 5;

  /// Bits of sum >> R.
  private static final int SCALED_BITS = 17;

  /// Cycles from a unit's sum to its p-bit.
  static int latency(List<PBitLayer> layers) {
    boolean pooled = layers.stream().anyMatch(layer -> layer.pooling().isPresent());
    return LATENCY + (pooled ? PoolUnit.LATENCY : 0);
  }

  Circuit circuit() {
    List<Step> steps = schedule.steps();
    Signal step = new Signal("step", stepBits);
    Signal valid = new Signal("valid", 1);
    Signal unit = new Signal("unit", unitBits);
    Signal address = new Signal("affine_address", parameters.addressBits());
    Signal opens = new Signal("opens", 1);
    Signal closes = new Signal("closes", 1);
    Signal sum = new Signal("sum", sumBits);
    Signal random = new Signal("random", Threshold.BITS);
    Signal multiplierShiftBias = new Signal("parameters", Parameters.BITS);
    Signal stored = new Signal("stored", Threshold.BITS + 1);
    Signal computed = new Signal("computed", Threshold.BITS + 1);
    Wiring wiring = new Wiring();
    wiring.note("Multiplier, shift and bias of the unit.");
    wiring.add(
        new Memory(
            "affine",
            Parameters.BITS,
            padded(parameters.words()),
            Optional.empty(),
            List.of(new Read(multiplierShiftBias, address))));
    wiring.note("The sum times the multiplier, plus the bias.");
    Signal sum1 = wiring.delayed("sum_1", sum);
    Signal scaled = wiring.wire("scaled", scaled(step, sum1));
    Expression multiplier = multiplierShiftBias.top(Parameters.MULTIPLIER_BITS);
    Signal product = wiring.delayed("product_2", scaled.timesSigned(multiplier));
    Signal bias = wiring.delayed("bias_2", multiplierShiftBias.bits(Parameters.BIAS_BITS - 1, 0));
    Signal total = wiring.delayed("total_3", product.plus(bias.signExtended(product.width())));
    Signal shift2 =
        wiring.delayed(
            "shift_2",
            multiplierShiftBias.bits(
                Parameters.BIAS_BITS + Parameters.SHIFT_BITS - 1, Parameters.BIAS_BITS));
    Signal shift = wiring.delayed("shift_3", shift2);
    wiring.note("Shifted to units of 2^-10 and clamped to 16 bits.");
    Expression shifted = total;
    for (int bit = Parameters.SHIFT_BITS - 1; bit >= 0; bit--) {
      int by = 1 << bit;
      shifted =
          wiring.wire(
              "shifted_by_" + by, shift.bit(bit).choose(shifted.shiftedRightSigned(by), shifted));
    }
    Signal i = wiring.delayed("i_4", Saturation.of(shifted, Short.SIZE));
    wiring.note("The activation: the threshold of I.");
    wiring.add(
        new Instance(
            "activation",
            new ThresholdTable(parameters.layers().getFirst().curve()).circuit(),
            Map.of("i", i),
            Map.of("threshold", computed)));
    wiring.note("The unit on its way.");
    boolean pooled = schedule.pooled();
    int stages = latency(parameters.layers());
    Signal gives = pooled ? wiring.wire("gives", valid.and(closes)) : valid;
    List<Signal> way = later(wiring, List.of(gives, unit, random), stages - 1);
    Signal before = way.get(1);
    Signal fires = wiring.delayed("fires", way.getFirst());
    Signal place = wiring.delayed("place", before);
    Signal lot = wiring.delayed("random_" + stages, way.getLast());
    Signal now = computed;
    if (pooled) {
      wiring.note("A pool's members, one after the other.");
      now = new Signal("pooled", computed.width());
      List<Signal> member = later(wiring, List.of(valid, opens), LATENCY);
      wiring.add(
          new Instance(
              "pool",
              new PoolUnit(parameters.layers(), schedule, stepBits).circuit(),
              Map.of(
                  "step",
                  step,
                  "valid",
                  member.getFirst(),
                  "opens",
                  member.getLast(),
                  "threshold",
                  computed),
              Map.of("pooled", now)));
    }
    wiring.note("Thresholds of the first layer, kept for all passes.");
    int units = steps.getFirst().units();
    int placeBits = Memory.addressBits(Math.max(2, units));
    wiring.add(
        new Memory(
            "thresholds",
            stored.width(),
            zeros(units),
            Optional.of(
                new Write(
                    fires.and(Sequencer.in(step, steps, Kind.THRESHOLDS)),
                    fitted(place, placeBits),
                    now)),
            List.of(new Read(stored, fitted(before, placeBits)))));
    wiring.note("Comparator: up if the random number lies below the threshold.");
    Signal threshold =
        wiring.wire("threshold", Sequencer.in(step, steps, Kind.DRAW).choose(stored, now));
    Signal pbit = new Signal("pbit", 1);
    wiring.add(new Wire(pbit, lot.extended(threshold.width()).lessThan(threshold)));
    List<Signal> inputs = new ArrayList<>(List.of(step, valid, unit, address, sum, random));
    if (pooled) {
      inputs.addAll(List.of(opens, closes));
    }
    return new Circuit(
        "neuron",
        "Affine function, activation and comparator of figure 7, shared by all elements.",
        inputs,
        wiring.parts(),
        List.of(fires, place, pbit));
  }

  /// Signals so many stages later.
  private static List<Signal> later(Wiring wiring, List<Signal> signals, int stages) {
    List<Signal> way = signals;
    for (int stage = 1; stage <= stages; stage++) {
      String suffix = "_" + stage;
      way =
          way.stream()
              .map(signal ->
                  wiring.delayed(signal.name().replaceFirst("_\\d$", "") + suffix, signal))
              .toList();
    }
    return way;
  }

  /// The number in fewer or more bits: what is cut is 0 where it is read.
  static Expression fitted(Expression number, int width) {
    return number.width() >= width ? number.bits(width - 1, 0) : number.extended(width);
  }

  static List<Long> zeros(int words) {
    return padded(new ArrayList<>(Collections.nCopies(words, 0L)));
  }

  /// At least the two words that a memory has.
  private static List<Long> padded(List<Long> words) {
    while (words.size() < 2) {
      words.add(0L);
    }
    return words;
  }

  /// sum >> R of the layer.
  private Expression scaled(Signal step, Signal sum) {
    List<PBitLayer> layers = parameters.layers();
    Expression found = scaled(sum, layers.getFirst().affine().preShift());
    for (int layer = 1; layer < layers.size(); layer++) {
      Expression here = scaled(sum, layers.get(layer).affine().preShift());
      found = here.equals(found) ? found : Wiring.is(step, layer + 1L).choose(here, found);
    }
    return found;
  }

  private static Expression scaled(Signal sum, int shift) {
    int high = Math.min(sum.width() - 1, shift + SCALED_BITS - 1);
    return high < shift
        ? sum.sign().signExtended(SCALED_BITS)
        : sum.bits(high, shift).signExtended(SCALED_BITS);
  }
}
