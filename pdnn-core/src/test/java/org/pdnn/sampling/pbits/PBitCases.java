package org.pdnn.sampling.pbits;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// What kernels are asked in tests, and their answers as bytes. All memory lies within an arena of
/// its own, so that a kernel that reaches further than it may fails.
final class PBitCases {
  /// All sizes around those of vectors, and some around that of a chunk of words.
  private static final int[] SIZES =
      IntStream.concat(IntStream.rangeClosed(0, 200), IntStream.of(1023, 1024, 1025, 2500))
          .toArray();

  /// Fewer, for virtual machines that start with each test.
  private static final int[] SOME_SIZES = {0, 1, 7, 8, 15, 16, 17, 31, 33, 64, 100, 127, 1025};

  private PBitCases() {}

  /// The answers of a kernel to everything.
  static List<byte[]> all(PBits kernel) {
    return answers(kernel, SIZES);
  }

  /// Answers to less in one number.
  static int digest(PBits kernel) {
    return Arrays.deepHashCode(answers(kernel, SOME_SIZES).toArray());
  }

  private static List<byte[]> answers(PBits kernel, int[] sizes) {
    List<byte[]> all = new ArrayList<>();
    for (Threshold curve : Threshold.values()) {
      all.add(everyPreActivation(kernel, curve));
    }
    for (int size : sizes) {
      for (Threshold curve : Threshold.values()) {
        all.add(thresholds(kernel, curve, size));
      }
      all.add(any(kernel, size));
      for (Scheme scheme : Scheme.values()) {
        all.add(fire(kernel, size, scheme));
        if (scheme.anytime()) {
          all.add(real(kernel, size, scheme));
        }
      }
      for (boolean byPixel : new boolean[] {false, true}) {
        all.add(preActivations(kernel, Math.max(1, size), byPixel));
        all.add(greatest(kernel, Math.max(1, size), byPixel));
      }
    }
    return all;
  }

  /// I from -32768 to 32767.
  static byte[] everyPreActivation(PBits kernel, Threshold curve) {
    int n = 1 << 16;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment units = shorts(arena, n);
      for (int i = 0; i < n; i++) {
        units.setAtIndex(JAVA_SHORT, i, (short) (i + Short.MIN_VALUE));
      }
      kernel.thresholds(curve, units, 0, n);
      return bytes(units, 2L * n);
    }
  }

  private static byte[] thresholds(PBits kernel, Threshold curve, int n) {
    Random random = new Random(n);
    try (Arena arena = Arena.ofConfined()) {
      int from = random.nextInt(70);
      MemorySegment units = shorts(arena, from + n);
      for (int i = 0; i < from + n; i++) {
        units.setAtIndex(JAVA_SHORT, i, (short) random.nextInt());
      }
      kernel.thresholds(curve, units, from, n);
      return bytes(units, 2L * (from + n));
    }
  }

  private static byte[] any(PBits kernel, int channels) {
    Random random = new Random(channels);
    int pools = 1 + random.nextInt(4);
    int[] sides = {1, 2, 2, 3};
    int side = sides[random.nextInt(sides.length)];
    long row = (long) pools * side * channels;
    try (Arena arena = Arena.ofConfined()) {
      int from = random.nextInt(70);
      int to = random.nextInt(70);
      MemorySegment thresholds = thresholds(arena, random, (int) (from + side * row));
      MemorySegment target = shorts(arena, to + pools * channels);
      long step = (long) side * channels;
      kernel.any(thresholds, from, members(side, row, channels), pools, step, channels, target, to);
      return bytes(target, 2L * (to + pools * channels));
    }
  }

  private static byte[] fire(PBits kernel, int n, Scheme scheme) {
    Random random = new Random(n + scheme.name().hashCode());
    int samples = 1 + random.nextInt(70);
    long input = random.nextLong() >>> 16;
    int layer = random.nextInt(1 << 16);
    Philox philox = new Philox(random.nextLong());
    RandomWords source = n % 8 == 7 ? (i, l, unit, draw) -> philox.word(i, l, unit, draw) : philox;
    Words words = kernel.words(source, scheme, samples, layer, n, 1);
    try (Arena arena = Arena.ofConfined()) {
      int from = random.nextInt(70);
      int to = random.nextInt(70);
      MemorySegment thresholds = thresholds(arena, random, from + n);
      List<byte[]> passes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        MemorySegment codes = arena.allocate(to + n + PBits.PADDING);
        words.turnTo(0, input + (i / 4));
        kernel.fire(thresholds, from, words, random.nextInt(samples), n, codes, to);
        passes.add(bytes(codes, to + n));
      }
      return joined(passes);
    }
  }

  /// Numbers, and bits of both kinds, with what lies before and after them.
  private static byte[] real(PBits kernel, int n, Scheme scheme) {
    Random random = new Random(n + scheme.name().hashCode());
    Philox philox = new Philox(random.nextLong());
    int layer = random.nextInt(1 << 16);
    int first = 4 * random.nextInt(1 << 20);
    List<byte[]> answers = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (int least = -1; least <= 1; least++) {
        Pass pass = new Pass(philox, scheme, random.nextLong() >>> 16, layer, random.nextInt(70));
        int from = random.nextInt(9);
        MemorySegment memory = arena.allocate(4L * (from + n + 5), 4);
        for (int i = 0; i < from + n + 5; i++) {
          memory.setAtIndex(JAVA_FLOAT, i, random.nextFloat(-1.1f, 1.1f));
        }
        MemorySegment part = memory.asSlice(4L * from, 4L * n);
        if (least == 1) {
          kernel.uniform(pass, first, part);
        } else {
          kernel.fire(pass, least, first, part, part);
        }
        answers.add(bytes(memory, memory.byteSize()));
      }
    }
    return joined(answers);
  }

  private static byte[] preActivations(PBits kernel, int channels, boolean byPixel) {
    Random random = new Random(channels);
    int pixels = random.nextInt(9);
    int pixel = random.nextInt(3);
    Affine affine = affine(random, channels, byPixel ? pixel + pixels + 1 : 1);
    try (Arena arena = Arena.ofConfined()) {
      int from = random.nextInt(70);
      int to = random.nextInt(70);
      int n = pixels * channels;
      MemorySegment sums = sums(arena, random, affine, from + n);
      MemorySegment target = shorts(arena, to + n);
      kernel.greatest(affine, pixel, sums, from, new long[1], pixels, channels, target, to);
      return bytes(target, 2L * (to + n));
    }
  }

  private static byte[] greatest(PBits kernel, int channels, boolean byPixel) {
    Random random = new Random(channels);
    int pools = 1 + random.nextInt(4);
    int side = 1 + random.nextInt(3);
    int pixel = random.nextInt(3);
    long row = (long) pools * side * channels;
    Affine affine = affine(random, channels, byPixel ? pixel + pools * side * side : 1);
    try (Arena arena = Arena.ofConfined()) {
      int from = random.nextInt(70);
      int to = random.nextInt(70);
      MemorySegment sums = sums(arena, random, affine, (int) (from + side * row));
      MemorySegment target = shorts(arena, to + pools * channels);
      long[] members = members(side, row, channels);
      long step = (long) side * channels;
      kernel.greatest(affine, pixel, sums, from, members, pools, step, target, to);
      return bytes(target, 2L * (to + pools * channels));
    }
  }

  /// The pixels of a square pool.
  private static long[] members(int side, long row, int channels) {
    long[] members = new long[side * side];
    for (int i = 0; i < members.length; i++) {
      members[i] = i / side * row + i % side * (long) channels;
    }
    return members;
  }

  /// Of all kinds, the greatest numbers included.
  static Affine affine(Random random, int outputs, int rows) {
    int most = (1 << 30) - 1;
    int[] multipliers = new int[outputs];
    int[] shifts = new int[outputs];
    int[][] biases = new int[rows][outputs];
    for (int o = 0; o < outputs; o++) {
      multipliers[o] = random.nextInt(8) == 0 ? (1 << 14) - 1 : random.nextInt(1 << 14);
      shifts[o] = random.nextInt(4) == 0 ? random.nextInt(30) : 10 + random.nextInt(6);
      for (int[] row : biases) {
        row[o] =
            switch (random.nextInt(10)) {
              case 0 -> most;
              case 1 -> -most;
              case 2 -> random.nextInt(most);
              default -> (random.nextInt(4096) - 2048) << (shifts[o] / 2 + 2);
            };
      }
    }
    return Affine.of(random.nextInt(3) == 0 ? random.nextInt(17) : 0, multipliers, biases, shifts);
  }

  private static MemorySegment sums(Arena arena, Random random, Affine affine, int n) {
    MemorySegment sums = arena.allocate(4L * n + PBits.PADDING, 64);
    int most = (int) Math.min((1L << (16 + affine.preShift())) - 1, Integer.MAX_VALUE);
    for (int i = 0; i < n; i++) {
      int sum =
          switch (random.nextInt(6)) {
            case 0 -> most;
            case 1 -> -most;
            case 2 -> (int) (random.nextDouble(-1, 1) * most);
            default -> random.nextInt(2000) - 1000;
          };
      sums.setAtIndex(JAVA_INT, i, sum);
    }
    return sums;
  }

  private static MemorySegment thresholds(Arena arena, Random random, int n) {
    MemorySegment thresholds = shorts(arena, n);
    for (int i = 0; i < n; i++) {
      int threshold =
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Threshold.ONE;
            default -> random.nextInt(Threshold.ONE);
          };
      thresholds.setAtIndex(JAVA_SHORT, i, (short) threshold);
    }
    return thresholds;
  }

  private static MemorySegment shorts(Arena arena, int n) {
    return arena.allocate(2L * n + PBits.PADDING, 64);
  }

  private static byte[] bytes(MemorySegment segment, long n) {
    return segment.asSlice(0, n).toArray(JAVA_BYTE);
  }

  private static byte[] joined(List<byte[]> parts) {
    byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
