package org.pdnn.reproduction;

import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.synthesis.Activity;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;

/// What switches in the elements of table 2 over the same work, the neurons of the paper's decoder:
/// weights from N(0, 1/32), inputs tanh(z) of z from N(0, 1), as p-bits or as numbers.
final class Table2Toggles {
  /// Addresses of words.
  private static final int WEIGHTS = 0;

  private static final int MEANS = 1;
  private static final int BITS = 2;

  /// Of the paper's decoder.
  private static final int NEURONS = 1242;

  private static final Philox WORDS = new Philox(1);

  private Table2Toggles() {}

  /// Toggles of the standard element over those of the p-bit element.
  static double ratio() {
    return (double) of(Table2Circuits.STANDARD.circuit(), Table2Toggles::number)
        / of(Table2Circuits.P_BIT.circuit(), Table2Toggles::bit);
  }

  /// The input of a term.
  private interface Input {
    long of(int neuron, int term);
  }

  private static long of(Circuit element, Input input) {
    Emulator emulator = new Emulator(element);
    Emulator.Pin weight = emulator.pin("weight");
    Emulator.Pin x = emulator.pin("x");
    Emulator.Pin add = emulator.pin("add");
    Emulator.Pin fire = emulator.pin("fire");
    emulator.reset();
    Activity activity = new Activity(emulator);
    for (int neuron = 0; neuron < NEURONS; neuron++) {
      add.set(1);
      fire.set(0);
      for (int term = 0; term < Table2Circuits.TERMS; term++) {
        weight.set(fixed(Gaussian.of(WORDS, neuron, WEIGHTS, term) / Math.sqrt(32)));
        x.set(input.of(neuron, term));
        emulator.clock();
        activity.count();
      }
      add.set(0);
      fire.set(1);
      emulator.clock();
      activity.count();
    }
    return activity.toggles();
  }

  private static double mean(int neuron, int term) {
    boolean bias = term == Table2Circuits.TERMS - 1;
    return bias ? 1 : StrictMath.tanh(Gaussian.of(WORDS, neuron, MEANS, term));
  }

  private static long number(int neuron, int term) {
    return fixed(mean(neuron, term));
  }

  private static long bit(int neuron, int term) {
    double u = Math.scalb(Integer.toUnsignedLong(WORDS.word(neuron, BITS, term, 0)) + 0.5, -32);
    return 2 * u - 1 < mean(neuron, term) ? 1 : 0;
  }

  private static long fixed(double number) {
    return Math.round(Math.scalb(number, Table2Circuits.FRACTION));
  }
}
