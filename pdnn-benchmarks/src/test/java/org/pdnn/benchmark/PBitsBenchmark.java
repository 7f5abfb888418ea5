package org.pdnn.benchmark;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.pbits.PBitKernels;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sampling.pbits.Words;

/// What becomes of sums, step by step: nanoseconds per unit that a step hands on.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PBitsBenchmark.UNITS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class PBitsBenchmark {
  static final int UNITS = 8192;
  private static final int PASSES = 32;

  @Param({"64"})
  int channels = 64;

  private final PBits kernel = PBitKernels.chosen();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment sums = arena.allocate(4L * 4 * UNITS + PBits.PADDING, 64);
  private final MemorySegment units = arena.allocate(2L * 4 * UNITS + PBits.PADDING, 64);
  private final MemorySegment pooled = arena.allocate(2L * UNITS + PBits.PADDING, 64);
  private final MemorySegment codes = arena.allocate(UNITS + PBits.PADDING, 64);
  private final Words scrambled = words(Scheme.SCRAMBLED);
  private final Words independent = words(Scheme.INDEPENDENT);
  private Affine affine = Affine.of(new double[0], new double[1][0], 0);
  private final long[] pixel = {0};
  private long[] members = {0};
  private int pixels;
  private int input;

  private Words words(Scheme scheme) {
    return kernel.words(new Philox(1), scheme, PASSES, 0, UNITS, 1);
  }

  /// Draws sums.
  @Setup
  public void setUp() {
    Random random = new Random(1);
    for (int i = 0; i < 4 * UNITS; i++) {
      sums.setAtIndex(JAVA_INT, i, random.nextInt(4000) - 2000);
    }
    double[] scales = random.doubles(channels, 0.001, 0.002).toArray();
    double[] biases = random.doubles(channels, -1, 1).toArray();
    affine = Affine.of(scales, new double[][] {biases}, 1 << 15);
    pixels = UNITS / channels;
    long row = 2L * UNITS;
    members = new long[] {0, channels, row, row + channels};
    kernel.greatest(affine, 0, sums, 0, pixel, 4 * pixels, channels, units, 0);
  }

  @Benchmark
  public MemorySegment preActivations() {
    kernel.greatest(affine, 0, sums, 0, pixel, pixels, channels, pooled, 0);
    return pooled;
  }

  /// Of pools of four.
  @Benchmark
  public MemorySegment greatest() {
    kernel.greatest(affine, 0, sums, 0, members, pixels, 2L * channels, pooled, 0);
    return pooled;
  }

  /// In place: thresholds become thresholds.
  @Benchmark
  public MemorySegment thresholds() {
    kernel.thresholds(Threshold.SIGMOID, pooled, 0, UNITS);
    return pooled;
  }

  /// Of pools of four.
  @Benchmark
  public MemorySegment any() {
    kernel.any(units, 0, members, pixels, 2L * channels, channels, pooled, 0);
    return pooled;
  }

  /// One of 32 passes.
  @Benchmark
  public MemorySegment scrambled() {
    kernel.fire(units, 0, scrambled, 3, UNITS, codes, 0);
    return codes;
  }

  /// The first of 32 passes, which draws the words.
  @Benchmark
  public MemorySegment scrambledFirst() {
    scrambled.turnTo(0, input++);
    kernel.fire(units, 0, scrambled, 3, UNITS, codes, 0);
    return codes;
  }

  @Benchmark
  public MemorySegment independent() {
    kernel.fire(units, 0, independent, 3, UNITS, codes, 0);
    return codes;
  }
}
