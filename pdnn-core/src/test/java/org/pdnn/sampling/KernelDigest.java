package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.kernel.Kernel;
import org.pdnn.sampling.kernel.Kernels;

/// The outputs of some networks in one number; a program, so that other virtual machines compute it
/// too. It prints the kernel's name, the number, and the levels of what was logged.
final class KernelDigest {
  private KernelDigest() {}

  public static void main(String[] args) {
    StringJoiner logged = new StringJoiner(" ");
    Logger logger = Logger.getLogger(Kernels.class.getName());
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord said) {
            logged.add(said.getLevel().getName());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    Kernel kernel = Kernels.chosen();
    System.out.printf("%s %x %s%n", kernel.name(), of(Kernels.chosen()), logged);
  }

  static int of(Kernel kernel) {
    int digest = 1;
    for (long seed = 0; seed < 3; seed++) {
      Network network = RandomNetworks.convolutional(seed);
      WeightFormat format = WeightFormat.parse(List.of("8", "4", "1").get((int) seed % 3));
      IntegerNetwork lowered = Lowering.of(network, format, InputGrid.PIXELS).result();
      Random random = new Random(seed);
      float[][] inputs = new float[2][network.input().size()];
      for (float[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          input[i] = random.nextInt(256) / 255f;
        }
      }
      double[][][] outputs =
          new IntegerSampler(lowered, Run.of(2), kernel).passes(inputs, seed, new Philox(seed));
      digest = 31 * digest + Arrays.deepHashCode(outputs);
    }
    return digest;
  }
}
