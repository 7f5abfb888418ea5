package org.pdnn.benchmark;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pdnn.sampling.kernel.Kernel;
import org.pdnn.sampling.kernel.Kernels;
import org.pdnn.sampling.kernel.PackedWeights;

/// The look-up kernel alone, on the layers of VGG5 and a dense one: `macs` is multiply-accumulates
/// a nanosecond, which is GMAC/s.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBenchmark {
  private static final int WORD = 32;

  /// Positions of one call; every shape has a multiple of it.
  private static final int TOGETHER = 8;

  /// Inputs, outputs and rows: the second and third convolution of VGG5 and a dense layer.
  @Param({"288x64x2048", "576x128x2048", "2048x1024x640"})
  String shape = "288x64x2048";

  @Param({"7", "127"})
  int greatestWeight = 7;

  private final Kernel kernel = Kernels.chosen();
  private final int[] sums = new int[TOGETHER * Kernel.TILE / 2];
  private PackedWeights packed = new PackedWeights(new short[0][], new int[0]);
  private int[] tables = new int[0];
  private int[] bits = new int[0];
  private final int[] places = new int[TOGETHER];
  private int words;
  private int positions;

  /// Multiply-accumulates done.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long macs;
  }

  /// Fills tables and bits.
  @Setup
  public void setUp() {
    int[] sizes = IntStream.of(288, 64, 2048).toArray();
    String[] parts = shape.split("x", -1);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Integer.parseInt(parts[i]);
    }
    words = sizes[0] / WORD;
    positions = sizes[2] / Kernel.LANES;
    Random random = new Random(1);
    short[][] weights = new short[sizes[1]][sizes[0]];
    for (short[] row : weights) {
      for (int i = 0; i < row.length; i++) {
        double weight = random.nextGaussian() * greatestWeight / 3;
        row[i] = (short) Math.clamp(Math.round(weight), -greatestWeight, greatestWeight);
      }
    }
    packed =
        new PackedWeights(weights, IntStream.range(0, words).map(w -> w * Kernel.LANES).toArray());
    tables = new int[packed.tableSize()];
    bits = random.ints((long) positions * words * Kernel.LANES).toArray();
  }

  /// All outputs at all positions.
  @Benchmark
  public int[] sums(Work work) {
    int size = words * Kernel.LANES;
    for (int block = 0; block < packed.blocks(); block++) {
      kernel.expand(packed, block, tables);
      for (int position = 0; position < positions; position += TOGETHER) {
        for (int i = 0; i < TOGETHER; i++) {
          places[i] = (position + i) * size;
        }
        kernel.sums(packed, block, tables, bits, places, TOGETHER, sums);
      }
    }
    work.macs += (long) positions * size * WORD * packed.blocks() * Kernel.BLOCK;
    return sums;
  }
}
