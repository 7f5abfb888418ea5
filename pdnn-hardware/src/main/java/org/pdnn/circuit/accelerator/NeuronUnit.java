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
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.circuit.element.Saturation;
import org.pdnn.circuit.element.ThresholdTable;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;

/// The part of figure 7 that all elements share, as each needs it once for a unit: from a sum the
/// threshold, I = (M (sum >> R) + B) >> S clamped and its activation, and from that and a random
/// number the p-bit. A unit enters in each cycle and leaves [#LATENCY] cycles later; the numbers of
/// signals are those of the stages.
///
/// Thresholds of the first layer are kept, and its p-bits drawn from them in each pass.
///
/// @param layers of p-bits
/// @param steps of the schedule
/// @param stepBits bits of a step's number
/// @param sumBits bits of a sum
/// @param unitBits bits of a unit's number
record NeuronUnit(
    List<PBitLayer> layers, List<Step> steps, int stepBits, int sumBits, int unitBits) {
  /// Cycles from a unit's sum to its p-bit.
  static final int LATENCY = 5;

  /// Bits of sum >> R.
  private static final int SCALED_BITS = 17;

  private static final int MULTIPLIER_BITS = 15;
  private static final int SHIFT_BITS = 5;
  private static final int BIAS_BITS = 31;
  private static final int PARAMETER_BITS = MULTIPLIER_BITS + SHIFT_BITS + BIAS_BITS;

  NeuronUnit {
    layers = List.copyOf(layers);
    steps = List.copyOf(steps);
  }

  Circuit circuit() {
    Signal step = new Signal("step", stepBits);
    Signal valid = new Signal("valid", 1);
    Signal unit = new Signal("unit", unitBits);
    Signal sum = new Signal("sum", sumBits);
    Signal random = new Signal("random", Threshold.BITS);
    Signal parameters = new Signal("parameters", PARAMETER_BITS);
    Signal stored = new Signal("stored", Threshold.BITS + 1);
    Signal computed = new Signal("computed", Threshold.BITS + 1);
    Wiring wiring = new Wiring();
    wiring.note("Multiplier, shift and bias of the unit.");
    int addressBits = Memory.addressBits(Math.max(2, parameters().size()));
    Signal address =
        wiring.wire(
            "address",
            Sequencer.byStep(step, steps, this::firstParameters, addressBits)
                .plus(fitted(unit, addressBits)));
    wiring.add(
        new Memory(
            "affine",
            PARAMETER_BITS,
            padded(parameters()),
            Optional.empty(),
            List.of(new Read(parameters, address))));
    wiring.note("The sum times the multiplier, plus the bias.");
    Signal sum1 = wiring.delayed("sum_1", sum);
    Signal scaled = wiring.wire("scaled", scaled(step, sum1));
    Expression multiplier = parameters.top(MULTIPLIER_BITS);
    Signal product = wiring.delayed("product_2", scaled.timesSigned(multiplier));
    Signal bias = wiring.delayed("bias_2", parameters.bits(BIAS_BITS - 1, 0));
    Signal total = wiring.delayed("total_3", product.plus(bias.signExtended(product.width())));
    Signal shift2 =
        wiring.delayed("shift_2", parameters.bits(BIAS_BITS + SHIFT_BITS - 1, BIAS_BITS));
    Signal shift = wiring.delayed("shift_3", shift2);
    wiring.note("Shifted to units of 2^-10 and clamped to 16 bits.");
    Expression shifted = total;
    for (int bit = SHIFT_BITS - 1; bit >= 0; bit--) {
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
            new ThresholdTable(layers.getFirst().curve()).circuit(),
            Map.of("i", i),
            Map.of("threshold", computed)));
    wiring.note("The unit on its way.");
    List<Signal> way = List.of(valid, unit, random);
    for (int stage = 1; stage < LATENCY; stage++) {
      way = later(wiring, way, stage);
    }
    Signal unit4 = way.get(1);
    Signal fires = wiring.delayed("fires", way.getFirst());
    Signal place = wiring.delayed("place", unit4);
    Signal random5 = wiring.delayed("random_5", way.getLast());
    wiring.note("Thresholds of the first layer, kept for all passes.");
    Step first = steps.getFirst();
    int placeBits = Memory.addressBits(Math.max(2, first.places()));
    wiring.add(
        new Memory(
            "thresholds",
            stored.width(),
            zeros(first.places()),
            Optional.of(
                new Write(
                    fires.and(Sequencer.in(step, steps, Kind.THRESHOLDS)),
                    fitted(place, placeBits),
                    computed)),
            List.of(new Read(stored, fitted(unit4, placeBits)))));
    wiring.note("Comparator: up if the random number lies below the threshold.");
    Signal threshold =
        wiring.wire("threshold", Sequencer.in(step, steps, Kind.DRAW).choose(stored, computed));
    Signal pbit = new Signal("pbit", 1);
    wiring.add(new Wire(pbit, random5.extended(threshold.width()).lessThan(threshold)));
    return new Circuit(
        "neuron",
        "Affine function, activation and comparator of figure 7, shared by all elements.",
        List.of(step, valid, unit, sum, random),
        wiring.parts(),
        List.of(fires, place, pbit));
  }

  /// Signals in the next stage.
  private static List<Signal> later(Wiring wiring, List<Signal> signals, int stage) {
    return signals.stream()
        .map(
            signal -> wiring.delayed(signal.name().replaceFirst("_\\d$", "") + "_" + stage, signal))
        .toList();
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

  /// Where the parameters of a step's layer begin; of no meaning for those that need none.
  private long firstParameters(Step step) {
    long before = 0;
    for (Step other : steps) {
      if (other.equals(step)) {
        return step.kind() == Kind.THRESHOLDS || step.kind() == Kind.HIDDEN ? before : 0;
      }
      before += other.kind() == Kind.DRAW ? 0 : other.places();
    }
    throw new IllegalArgumentException("no such step");
  }

  private List<Long> parameters() {
    List<Long> words = new ArrayList<>();
    for (PBitLayer layer : layers) {
      Affine affine = layer.affine();
      int places = Math.ceilDiv(affine.outputs(), elements()) * elements();
      for (int unit = 0; unit < places; unit++) {
        words.add(unit < affine.outputs() ? parameters(affine, unit) : 0);
      }
    }
    return words;
  }

  private int elements() {
    return steps.getFirst().elements();
  }

  private static long parameters(Affine affine, int unit) {
    long multiplier = affine.multiplier(unit) & (1L << MULTIPLIER_BITS) - 1;
    long bias = affine.bias(0, unit) & (1L << BIAS_BITS) - 1;
    return (multiplier << SHIFT_BITS | affine.shift(unit)) << BIAS_BITS | bias;
  }
}
