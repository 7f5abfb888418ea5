package org.pdnn.circuit.element;

import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.random.FeedbackRegister;

/// The words at the edges of each threshold of [PBitElements#LISTED], which no random word meets:
/// the greatest below it is up, the least that is not is down.
final class ListedEdges {
  private static final PBitElement ELEMENT = PBitElements.LISTED.element;
  private static final FeedbackRegister REGISTER = ELEMENT.generator().register();
  private static final long PERIOD = (1L << 32) - 1;

  private ListedEdges() {}

  /// Whether a circuit, or a broken one, has every p-bit at an edge.
  static boolean equal(Circuit circuit) {
    Probability.Listed listed = (Probability.Listed) ELEMENT.probability();
    List<Long> thresholds = listed.thresholds();
    Emulator emulator = new Emulator(circuit);
    emulator.reset();
    for (int at = 0; at < thresholds.size(); at++) {
      int sum = at < thresholds.size() / 2 ? at : at - thresholds.size();
      long threshold = thresholds.get(at);
      if (threshold > 0 && !up(emulator, sum, (int) (2 * threshold - 1))) {
        return false;
      }
      if (threshold < 1L << 31 && up(emulator, sum, (int) (2 * threshold + 1))) {
        return false;
      }
    }
    return true;
  }

  /// The p-bit of a sum and a word.
  private static boolean up(Emulator emulator, int sum, int word) {
    int terms = ELEMENT.accumulator().terms();
    long shifts = (long) terms * ELEMENT.generator().leap();
    int seed = REGISTER.advance(word, PERIOD - shifts);
    emulator.pin("seed").set(Integer.toUnsignedLong(seed));
    pulse(emulator, "load");
    int left = sum;
    emulator.pin("x").set(1);
    for (int term = 0; term < terms; term++) {
      int weight = Math.clamp(left, -4, 3);
      left -= weight;
      emulator.pin("weight").set(weight);
      pulse(emulator, "add");
    }
    pulse(emulator, "fire");
    return emulator.pin("pbit").get() != 0;
  }

  private static void pulse(Emulator emulator, String pin) {
    emulator.pin(pin).set(1);
    emulator.clock();
    emulator.pin(pin).set(0);
  }
}
