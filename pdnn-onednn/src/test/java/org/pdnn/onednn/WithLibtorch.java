package org.pdnn.onednn;

import java.io.IOException;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Tensor;
import org.pdnn.sums.Geometries;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.Operands;
import org.pdnn.sums.ScalarSums;
import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsChoice;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// Computes sums and trains, in the order of its arguments, and prints what came out.
final class WithLibtorch {
  private WithLibtorch() {}

  public static void main(String[] args) throws IOException {
    // libtorch's own oneDNN may be wrong here, which is said.
    Logger.getLogger("").setLevel(Level.OFF);
    for (String arg : args) {
      System.out.println(arg.equals("sums") ? sums() : training());
    }
  }

  private static String sums() {
    Sums sums = SumsChoice.chosen();
    for (Geometry geometry : Geometries.of(6, 6)) {
      Operands operands = Operands.random(geometry, 3, 255, 1);
      if (!Arrays.equals(operands.sums(new ScalarSums()), operands.sums(sums))) {
        return "wrong sums of " + geometry;
      }
    }
    return sums.name();
  }

  private static String training() throws IOException {
    Images digits = Digits.generate(1, 100, 10).training();
    Network start =
        InitialWeights.PYTORCH.of(
            Preset.network("cnn:8-16", digits.shape(), 10, Neuron.parse("pbit:sigmoid")), 1);
    Network trained =
        new Trainer(Hyperparameters.paper().withEpochs(1).withSamples(1)).train(start, digits);
    int digest = 1;
    for (Layer layer : trained.layers()) {
      for (Tensor tensor : layer.tensors().values()) {
        digest = 31 * digest + Arrays.hashCode(tensor.toArray());
      }
    }
    return "trained " + digest;
  }
}
