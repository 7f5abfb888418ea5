package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.element.GeneratorWords.Turn;
import org.pdnn.random.FeedbackRegister;

class GeneratorWordsTest {
  /// Elements side by side, two layers, passes and inputs one after the other: the words are those
  /// that the emulated registers hold when each neuron has its terms.
  @ParameterizedTest
  @CsvSource({"32, 1", "32, 8", "16, 1", "16, 4"})
  void wordsAreWhatTheEmulatedGeneratorsGive(int bits, int leap) {
    Lfsr generator = new Lfsr(bits, leap);
    FeedbackRegister register = generator.register();
    int elements = 3;
    int samples = 4;
    int[] units = {7, 5};
    int[] terms = {33, 40};
    GeneratorWords words =
        new GeneratorWords(
            register,
            0x1234,
            elements,
            List.of(
                new Turn(2, units[0], (long) terms[0] * leap),
                new Turn(5, units[1], (long) terms[1] * leap)),
            samples);
    for (int element = 0; element < elements; element++) {
      Emulator emulator = new Emulator(generator.circuit());
      emulator.reset();
      emulator.pin("seed").set(words.seed(element));
      emulator.pin("load").set(1);
      emulator.clock();
      emulator.pin("load").set(0);
      emulator.pin("shift").set(1);
      for (long input = 0; input < 3; input++) {
        for (int sample = 0; sample < samples; sample++) {
          for (int layer = 0; layer < 2; layer++) {
            for (int unit = element; unit < 3 * elements; unit += elements) {
              if (unit - element >= elements * Math.ceilDiv(units[layer], elements)) {
                break;
              }
              for (int term = 0; term < terms[layer]; term++) {
                emulator.clock();
              }
              // The last turn of a layer that does not fill all elements shifts them all.
              if (unit < units[layer]) {
                assertEquals(
                    register.word((int) emulator.pin("state").get()),
                    words.word(input, layer == 0 ? 2 : 5, unit, sample));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void aLayerAtOnceIsUnitByUnit() {
    GeneratorWords words =
        new GeneratorWords(
            new FeedbackRegister(32), 9, 3, List.of(new Turn(0, 4, 33), new Turn(1, 8, 40)), 2);
    for (int units : new int[] {0, 1, 2, 3, 7, 8}) {
      int[] filled = new int[units];
      words.fill(11, 1, 1, filled);
      for (int unit = 0; unit < units; unit++) {
        assertEquals(words.word(11, 1, unit, 1), filled[unit]);
      }
    }
  }

  /// Elements take the channels of one pixel, then those of the next.
  @Test
  void pixelsFollowEachOther() {
    FeedbackRegister register = new FeedbackRegister(32);
    GeneratorWords words =
        new GeneratorWords(
            register, 9, 3, List.of(new Turn(0, 2, 4, 33), new Turn(1, 3, 7, 40)), 2);
    int[] filled = new int[21];
    words.fill(0, 1, 1, filled);
    long before = 2 * (2 * 2 * 33) + 3 * 3 * 40;
    for (int unit = 0; unit < filled.length; unit++) {
      int channel = unit % 7;
      long shifts = before + (unit / 7 * 3 + channel / 3 + 1) * 40L;
      int state = register.advance(words.seed(channel % 3), shifts);
      assertEquals(register.word(state), filled[unit]);
      assertEquals(register.word(state), words.word(0, 1, unit, 1));
    }
  }

  @Test
  void farInputsAreReachedModuloThePeriod() {
    FeedbackRegister register = new FeedbackRegister(16);
    GeneratorWords words = new GeneratorWords(register, 1, 1, List.of(new Turn(0, 1, 32)), 1);
    long period = (1 << 16) - 1;
    assertEquals(words.word(5, 0, 0, 0), words.word(5 + period, 0, 0, 0));
    assertEquals(words.word((1L << 47) % period, 0, 0, 0), words.word(1L << 47, 0, 0, 0));
    assertNotEquals(words.word(5, 0, 0, 0), words.word(6, 0, 0, 0));
  }

  @Test
  void elementsHaveStretchesOfTheirOwn() {
    FeedbackRegister register = new FeedbackRegister(16);
    GeneratorWords words = new GeneratorWords(register, 77, 4, List.of(new Turn(0, 4, 16)), 1);
    int[] seeds = new int[4];
    for (int element = 0; element < 4; element++) {
      seeds[element] = words.seed(element);
    }
    int quarter = ((1 << 16) - 1) / 4;
    assertArrayEquals(
        new int[] {
          77,
          register.advance(77, quarter),
          register.advance(77, 2L * quarter),
          register.advance(77, 3L * quarter)
        },
        seeds);
  }

  @Test
  void wordsThatHoldBitsOfTheLastOneAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new GeneratorWords(new FeedbackRegister(32), 1, 1, List.of(new Turn(3, 10, 9)), 1));
    assertEquals(
        "layer 3: a word of 32 bits after 9 shifts holds bits of the last one; leap further",
        e.getMessage());
  }
}
