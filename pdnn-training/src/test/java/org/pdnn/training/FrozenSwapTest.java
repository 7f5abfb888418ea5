package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.pdnn.data.DataSet;
import org.pdnn.data.Idx;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// The sampler against others' measurements: tanh 784-64-32-10 networks, trained for 4 epochs on
/// MNIST (Adam 1e-3, batch 128), with p-bits put in without retraining, are known to reach these
/// accuracies (mean of three such networks; deterministic 96.4 %).
class FrozenSwapTest {
  private static final List<Integer> SAMPLES = List.of(1, 2, 4, 8, 16, 32);
  private static final double[] PUBLISHED = {0.826, 0.901, 0.938, 0.953, 0.959, 0.962};

  @Test
  void frozenTanhNetworksReachThePublishedAccuraciesAndScrambledSamplesBeatThem()
      throws IOException {
    String folder = System.getenv("PDNN_DATA");
    Assumptions.assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder, "mnist")),
        "needs MNIST in the folder that the variable PDNN_DATA names");
    DataSet mnist = Idx.readFolder("mnist", Path.of(String.valueOf(folder), "mnist"));
    Network start =
        InitialWeights.PYTORCH.of(
            Preset.network("mlp:784-64-32-10", Shape.of(1, 28, 28), 10, Neuron.parse("tanh")), 1);
    Hyperparameters fourEpochs = new Hyperparameters(1, 4, 128, 1e-3, false, Outputs.LOGITS, 1);
    Network trained = new Trainer(fourEpochs).threads(1).train(start, mnist.training());
    Network frozen = trained.withNeurons(tanh -> Neuron.parse("pbit:tanh"));

    Curve bits = measure(frozen, mnist, Scheme.INDEPENDENT, LastHidden.BITS);
    for (int i = 0; i < PUBLISHED.length; i++) {
      double tolerance = SAMPLES.get(i) < 4 ? 0.016 : 0.005;
      assertEquals(PUBLISHED[i], accuracy(bits, i), tolerance, "T = " + SAMPLES.get(i));
      // Independent passes are worth T; two per cent is some ten standard errors.
      assertEquals(SAMPLES.get(i), worth(bits, i), 0.02 * SAMPLES.get(i));
    }

    Curve scrambled = measure(frozen, mnist, Scheme.SCRAMBLED, LastHidden.EXPECTATION);
    assertTrue(worth(scrambled, SAMPLES.indexOf(4)) >= 17);
    assertTrue(worth(scrambled, SAMPLES.indexOf(8)) >= 50);
    int four = SAMPLES.indexOf(4);
    assertTrue(accuracy(scrambled, four) - accuracy(bits, four) >= 0.015);
  }

  private static Curve measure(Network network, DataSet data, Scheme scheme, LastHidden last) {
    return new Evaluation(SAMPLES, scheme, Averaging.END, last, Outputs.LOGITS, 1, 3)
        .measure(network, LabelledInputs.of(data.test()), Philox::new, 2, done -> {});
  }

  private static double accuracy(Curve curve, int point) {
    return curve.points().get(point).accuracy().value();
  }

  private static double worth(Curve curve, int point) {
    return curve.points().get(point).equivalentSamples().map(Estimate::value).orElseThrow();
  }
}
