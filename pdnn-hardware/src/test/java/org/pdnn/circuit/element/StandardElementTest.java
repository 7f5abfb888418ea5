package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Emulator;
import org.pdnn.network.Activation;

class StandardElementTest {
  /// Codes of 8 bits, as the integer form has them.
  @Test
  void codesAreMultipliedAddedAndLookedUp() {
    ActivationTable table = ActivationTable.of(Activation.SIGMOID, 10, 8, 5, 9, 7);
    equalsPlainJava(new StandardElement(new MultiplyAccumulator(33, 8, 8), table), 600);
  }

  /// The paper's form: 32 bits with a sign, in fixed point.
  @Test
  void numbersInFixedPointAreMultipliedAddedAndLookedUp() {
    ActivationTable table = ActivationTable.of(Activation.TANH, 25, 10, 7, 32, 25);
    equalsPlainJava(
        new StandardElement(new MultiplyAccumulator(33, 32, 32, true, 25, 45), table), 600);
  }

  private static void equalsPlainJava(StandardElement element, int neurons) {
    MultiplyAccumulator accumulator = element.accumulator();
    ActivationTable table = element.activation();
    Emulator emulator = new Emulator(element.circuit());
    Emulator.Pin weight = emulator.pin("weight");
    Emulator.Pin x = emulator.pin("x");
    Emulator.Pin add = emulator.pin("add");
    Emulator.Pin fire = emulator.pin("fire");
    Emulator.Pin sum = emulator.pin("sum");
    Emulator.Pin y = emulator.pin("y");
    emulator.reset();
    Random random = new Random(8);
    long[] expected = new long[2 * neurons];
    long[] found = new long[2 * neurons];
    int half = table.values().size() / 2;
    for (int neuron = 0; neuron < neurons; neuron++) {
      long plain = 0;
      int scale = random.nextInt(accumulator.weightBits() - 1);
      add.set(1);
      for (int term = 0; term < accumulator.terms(); term++) {
        long w = random.nextInt() >> (32 - accumulator.weightBits()) >> scale;
        long value =
            accumulator.signed()
                ? random.nextInt() >> (32 - accumulator.inputBits())
                : random.nextInt(1 << accumulator.inputBits());
        weight.set(w);
        x.set(value);
        emulator.clock();
        plain += (w * value) >> accumulator.dropped();
      }
      add.set(0);
      fire.set(1);
      found[2 * neuron] = sum.signed();
      emulator.clock();
      fire.set(0);
      assertEquals(1, emulator.pin("done").get());
      found[2 * neuron + 1] = y.signed();
      int place = Math.clamp(plain >> table.dropped(), -half, half - 1);
      expected[2 * neuron] = plain;
      expected[2 * neuron + 1] = table.values().get(place & (2 * half - 1));
    }
    assertArrayEquals(expected, found);
  }

  @Test
  void aTableThatDropsTheWholeSumIsRefused() {
    ActivationTable table = ActivationTable.of(Activation.TANH, 25, 10, 1, 32, 25);
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StandardElement(new MultiplyAccumulator(33, 8, 8), table));
    assertEquals("of a sum of 22 bits the table drops 24", e.getMessage());
  }
}
