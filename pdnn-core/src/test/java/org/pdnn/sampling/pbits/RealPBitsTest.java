package org.pdnn.sampling.pbits;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// Random numbers and p-bits in real numbers. Seeds are fixed.
class RealPBitsTest {
  private static final int UNITS = 1 << 20;
  private static final int CELLS = 256;

  /// A chi-square of 255 degrees of freedom is above it for one seed in 10,000, and as rarely below
  /// the other.
  private static final double MOST = 347;

  private static final double LEAST = 179;

  /// |z| is above it in one of 18 places for one seed in 8,000.
  private static final double FAR = 4.5;

  static Stream<Arguments> kernelsAndSchemes() {
    return PBitKernels.all().stream()
        .flatMap(kernel ->
            Stream.of(Scheme.values())
                .filter(Scheme::anytime)
                .map(scheme -> Arguments.of(kernel, scheme)));
  }

  private static float[] uniform(PBits kernel, Pass pass, int from, int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(4L * n, 4);
      kernel.uniform(pass, from, memory);
      return memory.toArray(JAVA_FLOAT);
    }
  }

  private static float[] bits(PBits kernel, Pass pass, int least, float mean, int n) {
    try (Arena arena = Arena.ofConfined()) {
      float[] means = new float[n];
      Arrays.fill(means, mean);
      MemorySegment memory = arena.allocateFrom(JAVA_FLOAT, means);
      kernel.fire(pass, least, 0, memory, memory);
      return memory.toArray(JAVA_FLOAT);
    }
  }

  /// The upper 24 bits of the words of any passes, whatever was drawn before.
  @ParameterizedTest
  @MethodSource("kernelsAndSchemes")
  void numbersAreTheWordsOfTheirAddresses(PBits kernel, Scheme scheme) {
    Philox philox = new Philox(0x8000_0000_FFFF_FFFFL);
    RandomWords words = scheme.over(philox, 70);
    for (int n : List.of(0, 1, 15, 16, 17, 1000, 2500)) {
      for (int sample : List.of(69, 0, 31, 1, 32)) {
        Pass pass = new Pass(philox, scheme, 0xABCD_8765_4321L, 0xF00D, sample);
        float[] numbers = uniform(kernel, pass, 8, n);
        for (int i = 0; i < n; i++) {
          int word = words.word(0xABCD_8765_4321L, 0xF00D, 8 + i, sample);
          assertEquals((word >>> 8) / (double) (1 << 24), numbers[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSchemes")
  void aBitIsUpWhereTheNumberIsBelowTheMean(PBits kernel, Scheme scheme) {
    Pass pass = new Pass(new Philox(3), scheme, 1, 2, 5);
    float[] numbers = uniform(kernel, pass, 0, 1000);
    for (float mean : new float[] {0, 0x1p-24f, 0.3f, 1 - 0x1p-24f, 1}) {
      float[] bits = bits(kernel, pass, 0, mean, 1000);
      float[] signs = bits(kernel, pass, -1, 2 * mean - 1, 1000);
      for (int i = 0; i < 1000; i++) {
        assertEquals(numbers[i] < mean ? 1f : 0f, bits[i]);
        assertEquals(2 * numbers[i] - 1 < 2 * mean - 1 ? 1f : -1f, signs[i]);
      }
    }
  }

  private static double chiSquare(float[] numbers) {
    long[] seen = new long[CELLS];
    for (float u : numbers) {
      seen[(int) (u * CELLS)]++;
    }
    double expected = (double) numbers.length / CELLS;
    return Arrays.stream(seen)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRATIFIED")
  void numbersAreUniform(Scheme scheme) {
    PBits kernel = PBitKernels.chosen();
    for (int sample : List.of(0, 3)) {
      float[] numbers = uniform(kernel, new Pass(new Philox(5), scheme, 0, 1, sample), 0, UNITS);
      double found = chiSquare(numbers);
      assertTrue(found > LEAST && found < MOST, scheme + ": " + found);
      // Numbers that lean a little to 1, and numbers of which each stands twice.
      float[] leaning = new float[UNITS];
      float[] twice = new float[UNITS];
      for (int i = 0; i < UNITS; i++) {
        leaning[i] = (float) Math.pow(numbers[i], 0.98);
        twice[i] = numbers[i / 2];
      }
      assertTrue(chiSquare(leaning) > MOST, "leaning: " + chiSquare(leaning));
      assertTrue(chiSquare(twice) > MOST, "twice: " + chiSquare(twice));
    }
  }

  /// The standardised number of bits that are up, if each is with a probability.
  private static double z(float[] bits, double probability) {
    long up = 0;
    for (float bit : bits) {
      up += bit > 0 ? 1 : 0;
    }
    double deviation = Math.sqrt(bits.length * probability * (1 - probability));
    return (up - bits.length * probability) / deviation;
  }

  @Test
  void bitsAreUpAsOftenAsTheirMeansSay() {
    PBits kernel = PBitKernels.chosen();
    for (int tenth = 1; tenth < 10; tenth++) {
      float p = tenth / 10f;
      Pass pass = new Pass(new Philox(tenth), Scheme.INDEPENDENT, 0, 1, 2);
      assertTrue(Math.abs(z(bits(kernel, pass, 0, p, UNITS), p)) < FAR, "0 or 1, " + p);
      assertTrue(Math.abs(z(bits(kernel, pass, -1, 2 * p - 1, UNITS), p)) < FAR, "signs, " + p);
    }
    Pass pass = new Pass(new Philox(1), Scheme.INDEPENDENT, 0, 1, 2);
    assertTrue(z(bits(kernel, pass, 0, 0.51f, UNITS), 0.5) > FAR, "0.51 passes for 0.5");
  }

  @Test
  void everyPartOfTheAddressCounts() {
    PBits kernel = PBitKernels.chosen();
    Scheme scheme = Scheme.INDEPENDENT;
    Philox philox = new Philox(1);
    List<float[]> drawn =
        Stream.of(
                new Pass(philox, scheme, 0, 0, 0),
                new Pass(new Philox(2), scheme, 0, 0, 0),
                new Pass(philox, scheme, 1, 0, 0),
                new Pass(philox, scheme, 0, 1, 0),
                new Pass(philox, scheme, 0, 0, 1))
            .map(pass -> uniform(kernel, pass, 0, 1000))
            .toList();
    assertEquals(5, drawn.stream().map(Arrays::toString).distinct().count());
    assertArrayEquals(
        Arrays.copyOfRange(drawn.getFirst(), 40, 1000),
        uniform(kernel, new Pass(philox, scheme, 0, 0, 0), 40, 960));
  }

  @Test
  void stratifiedPassesAreDrawnTogether() {
    assertThrows(
        IllegalArgumentException.class, () -> new Pass(new Philox(1), Scheme.STRATIFIED, 0, 0, 0));
  }
}
