package org.pdnn.benchmark;

import java.util.List;
import org.pdnn.network.Activation;
import org.pdnn.network.Dense;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// What this machine can do with so many threads: the fastest of many products of square matrices,
/// of a size at which all data lie in the caches, by whichever library is fastest. Measured, not
/// computed from a clock that is not known; a processor's paper limit is higher.
///
/// @param fp32GigaMacsPerSecond multiply-accumulates of 32-bit numbers
/// @param bf16GigaMacsPerSecond multiply-accumulates of bfloat16 numbers
/// @param int8GigaMacsPerSecond multiply-accumulates of eight-bit numbers
public record MachineLimit(
    double fp32GigaMacsPerSecond, double bf16GigaMacsPerSecond, double int8GigaMacsPerSecond) {
  private static final int[] SIZES = {256, 512, 768};
  private static final long NANOSECONDS_A_SIZE = 300_000_000;
  private static final int FEWEST_RUNS = 10;

  /// Measures for about four seconds.
  public static MachineLimit measure(int threads) {
    double fp32 = 0;
    double bf16 = 0;
    double int8 = 0;
    for (int size : SIZES) {
      Task product = product(size, threads);
      fp32 = Math.max(fp32, fastest(product, EngineKind.ONNXRUNTIME_FP32));
      bf16 = Math.max(bf16, fastest(product, EngineKind.LIBTORCH_BF16));
      int8 = Math.max(int8, fastest(product, EngineKind.ONNXRUNTIME_INT8));
      int8 = Math.max(int8, fastest(product, EngineKind.INTEGER_8_TWIN));
    }
    return new MachineLimit(fp32, bf16, int8);
  }

  /// The limit for a data type, in 10^9 multiply-accumulates per second.
  public double of(DataType dataType) {
    return switch (dataType) {
      case FP32 -> fp32GigaMacsPerSecond;
      case BF16 -> bf16GigaMacsPerSecond;
      case INT8 -> int8GigaMacsPerSecond;
    };
  }

  /// Between the matrices neurons that cost next to nothing, and whose values have eight bits.
  private static Task product(int size, int threads) {
    Network matrix =
        InitialWeights.GLOROT.of(
            new Network(
                Shape.of(size),
                List.of(
                    Dense.of(size, size),
                    new Neurons(Neuron.deterministic(Activation.CLIP)),
                    Dense.of(size, 1))),
            1);
    RandomWords words = Philox.forPurpose(1, "benchmark");
    float[][] inputs = new float[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        inputs[row][column] = (float) RandomWords.uniform(words.word(row, 0, column, 0));
      }
    }
    return new Task(matrix, inputs, threads, 1);
  }

  private static double fastest(Task product, EngineKind kind) {
    try (Engine engine = kind.make(product, 1)) {
      long least = Long.MAX_VALUE;
      long start = System.nanoTime();
      for (int run = 0;
          run < FEWEST_RUNS || System.nanoTime() - start < NANOSECONDS_A_SIZE;
          run++) {
        long began = System.nanoTime();
        engine.run();
        least = Math.min(least, System.nanoTime() - began);
      }
      return product.batch() * product.macs(1) / least;
    }
  }
}
