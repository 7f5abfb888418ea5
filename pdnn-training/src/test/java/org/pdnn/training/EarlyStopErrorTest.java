package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Idx;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.LongRuns;
import org.pdnn.evaluation.StopPoint;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;

/// Stopping early on trained networks and real images: no more answers change than stated. Passes
/// are independent, as the test supposes; scrambled ones only err less.
class EarlyStopErrorTest {
  @Test
  void onBuiltInDigits() throws IOException {
    holdsTheStatedError(Digits.generate(1, 3000, 1000));
  }

  @Test
  void onTheTenThousandTestImagesOfMnist() throws IOException {
    String folder = System.getenv("PDNN_DATA");
    Assumptions.assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder, "mnist")),
        "needs MNIST in the folder that the variable PDNN_DATA names");
    holdsTheStatedError(Idx.readFolder("mnist", Path.of(String.valueOf(folder), "mnist")));
  }

  private static void holdsTheStatedError(DataSet data) throws IOException {
    Network start =
        InitialWeights.GLOROT.of(
            Preset.network(
                "mlp:784-64-32-10", data.training().shape(), 10, Neuron.parse("pbit:sigmoid")),
            1);
    Network trained =
        new Trainer(new Hyperparameters(1, 4, 128, 5e-3, false, Outputs.LOGITS, 1))
            .threads(1)
            .train(start, data.training().first(Math.min(10_000, data.training().count())));
    Evaluation evaluation =
        new Evaluation(
            List.of(32), Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS, Outputs.LOGITS, 1, 1);
    LongRuns runs =
        new LongRuns(
            evaluation, trained, Precision.DEFAULT, LabelledInputs.of(data.test()), Philox::new, 2);
    double[] confidences = {0.9, 0.99};
    EarlyStop stop =
        runs.stops(
            Arrays.stream(confidences)
                .<StopRule>mapToObj(c -> new SettledTest(c, trained, runs.run()))
                .toList(),
            done -> {});
    for (int i = 0; i < confidences.length; i++) {
      StopPoint point = stop.points().get(i);
      // Few images are so close that their error comes near the stated one; the mean stays below it
      // for any seed.
      assertTrue(point.changed().value() <= 1 - confidences[i], stop.toString());
      assertTrue(point.meanSamples().value() < 31, stop.toString());
    }
  }
}
