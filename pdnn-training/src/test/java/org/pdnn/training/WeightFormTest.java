package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Outputs;

class WeightFormTest {
  private static final Hyperparameters BINARY =
      new Hyperparameters(2, 6, 32, 1e-2, false, Outputs.LOGITS, 1).withWeights(WeightForm.BINARY);

  private static final Images DIGITS = QuickTraining.digits(1200);

  @TempDir Path folder;

  private static Network initial(String neuron) {
    return QuickTraining.preset("mlp:784-48-10", Shape.of(1, 28, 28), neuron, 1);
  }

  private static boolean binary(Network network) {
    return network.tensors().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(".weight"))
        .allMatch(entry -> {
          float scale = WeightForm.scale(entry.getValue().shape());
          for (float value : entry.getValue().toArray()) {
            if (Math.abs(value) != scale) {
              return false;
            }
          }
          return true;
        });
  }

  /// Chance is right once in ten. What is saved answers as what was validated.
  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "tanh:1bit", "pbit:sigmoid"})
  void networksOfOneBitWeightsLearnDigits(String neuron) throws IOException {
    StepResult[] last = {StepResult.NONE};
    TrainingProgress<StepResult> progress =
        new TrainingProgress<StepResult>() {
          @Override
          public void epoch(int epoch, StepResult learnt, StepResult validation) {
            last[0] = validation;
          }
        };
    Images validation = DIGITS.slice(1000, 1200);
    Network trained =
        new Trainer(BINARY)
            .progress(progress)
            .train(initial(neuron), DIGITS.first(1000), validation);
    assertTrue(binary(trained));
    assertTrue(last[0].accuracy() > 0.4, neuron + " reached " + last[0].accuracy());
    if (!trained.random()) {
      double saved =
          new BatchEvaluation(Evaluation.of(1, 1), 1, count -> {})
              .averages(trained, validation)
              .correctness(0)
              .accuracy(0);
      assertEquals(last[0].accuracy(), saved, 1e-9);
    }
  }

  /// The real weights under the bits are what a checkpoint keeps.
  @Test
  void anInterruptIsContinued() throws IOException {
    Hyperparameters run = BINARY.withEpochs(1);
    Images images = DIGITS.first(200);
    Network start = initial("sigmoid");
    TrainingProgress<StepResult> interrupting =
        new TrainingProgress<StepResult>() {
          @Override
          public void batch(int epoch, long seen, long all, StepResult soFar) {
            if (seen == 96) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Duration never = Duration.ofDays(1);
    assertThrows(
        CancellationException.class,
        () ->
            new Trainer(run)
                .progress(interrupting)
                .checkpoints(folder, never, true)
                .train(start, images));
    assertTrue(Thread.interrupted());
    Network resumed = new Trainer(run).checkpoints(folder, never, true).train(start, images);
    assertEquals(new Trainer(run).train(start, images), resumed);
  }

  @Test
  void formsHaveNames() {
    assertEquals(
        List.of("real", "binary"),
        List.of(WeightForm.values()).stream().map(WeightForm::toString).toList());
    assertEquals(WeightForm.BINARY, WeightForm.parse("Binary"));
    assertThrows(IllegalArgumentException.class, () -> WeightForm.parse("ternary"));
  }
}
