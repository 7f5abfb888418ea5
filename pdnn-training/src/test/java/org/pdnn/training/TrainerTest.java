package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.torch.TorchException;

class TrainerTest {
  private static final Hyperparameters QUICK =
      new Hyperparameters(2, 3, 32, 1e-2, false, Outputs.LOGITS, 1);

  private static Network train(Hyperparameters hyperparameters, Network initial, Images images)
      throws IOException {
    return new Trainer(hyperparameters).threads(1).train(initial, images);
  }

  /// Chance is right once in ten.
  @ParameterizedTest
  @ValueSource(
      strings = {"pbit:sigmoid", "pbit:tanh", "sigmoid", "tanh:3bit", "relu", "noisy:tanh:0.5"})
  void networksLearnDigits(String neuron) throws IOException {
    Images digits = QuickTraining.digits(1200);
    List<StepResult> validations = new ArrayList<>();
    TrainingProgress<StepResult> progress =
        new TrainingProgress<StepResult>() {
          @Override
          public void epoch(int epoch, StepResult learnt, StepResult validation) {
            assertEquals(validations.size() + 1, epoch);
            assertEquals(1000, learnt.images());
            validations.add(validation);
          }
        };
    new Trainer(QUICK.withEpochs(6))
        .threads(1)
        .progress(progress)
        .train(
            QuickTraining.preset("mlp:784-48-10", Shape.of(1, 28, 28), neuron, 1),
            digits.first(1000),
            digits.slice(1000, 1200));
    assertEquals(6, validations.size());
    StepResult last = validations.getLast();
    assertEquals(200, last.images());
    assertTrue(last.accuracy() > 0.4, neuron + " reached " + last.accuracy());
  }

  @Test
  void averagedProbabilitiesLearnToo() throws IOException {
    Images digits = QuickTraining.digits(500);
    List<StepResult> learnt = new ArrayList<>();
    TrainingProgress<StepResult> progress =
        new TrainingProgress<StepResult>() {
          @Override
          public void epoch(int epoch, StepResult result, StepResult validation) {
            assertEquals(StepResult.NONE, validation);
            learnt.add(result);
          }
        };
    new Trainer(new Hyperparameters(3, 5, 32, 1e-2, false, Outputs.PROBABILITIES, 1))
        .threads(1)
        .progress(progress)
        .train(QuickTraining.mlp("pbit:sigmoid", 1), digits);
    assertTrue(learnt.getLast().loss() < 0.8 * learnt.getFirst().loss(), "losses " + learnt);
  }

  @Test
  void theSameSeedGivesTheSameBits() throws IOException {
    Images digits = QuickTraining.digits(200);
    Network initial = QuickTraining.mlp("pbit:sigmoid", 1);
    Network trained = train(QUICK, initial, digits);
    assertEquals(trained, train(QUICK, initial, digits));
    assertNotEquals(initial, trained);
    assertNotEquals(trained, train(QUICK.withSeed(2), initial, digits));
    assertNotEquals(trained, train(QUICK.withSamples(3), initial, digits));
  }

  @Test
  void batchesAreReportedInOrder() throws IOException {
    List<Long> seen = new ArrayList<>();
    TrainingProgress<StepResult> progress =
        new TrainingProgress<StepResult>() {
          @Override
          public void batch(int epoch, long images, long all, StepResult soFar) {
            assertEquals(100, all);
            assertEquals(images, soFar.images());
            seen.add(1000L * epoch + images);
          }
        };
    Images digits = QuickTraining.digits(100);
    new Trainer(QUICK.withEpochs(2).withBatch(40))
        .threads(1)
        .progress(progress)
        .train(QuickTraining.mlp("sigmoid", 1), digits);
    assertEquals(List.of(1040L, 1080L, 1100L, 2040L, 2080L, 2100L), seen);
  }

  /// Adam's steps are bounded, so that it takes more than a large learning rate: weights whose
  /// products overflow.
  @Test
  void divergenceIsToldInOneSentence() {
    Network initial = QuickTraining.preset("mlp:784-8-8-10", Shape.of(1, 28, 28), "identity", 1);
    Map<String, Tensor> huge = new LinkedHashMap<>();
    initial.tensors().forEach((name, old) -> huge.put(name, Tensor.filled(old.shape(), 1e20f)));
    Hyperparameters wild = new Hyperparameters(1, 1, 16, 10, false, Outputs.LOGITS, 1);
    var e =
        assertThrows(
            TorchException.class,
            () -> train(wild, initial.withTensors(huge), QuickTraining.digits(64)));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("training diverged ("), message);
    assertTrue(message.contains("values must be finite, got NaN"), message);
    assertTrue(message.endsWith("); lower the learning rate"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTraining() {
    Images digits = QuickTraining.digits(10);
    assertRefused("there are no training images", QuickTraining.mlp("tanh", 1), digits.first(0));
    assertRefused(
        "the network reads 1x8x8, the images are 1x28x28",
        QuickTraining.preset("mlp", Shape.of(1, 8, 8), "tanh", 1),
        digits);
    assertRefused(
        "the network gives 10 outputs, the images have 1 classes",
        QuickTraining.mlp("tanh", 1),
        Images.of("blank", Shape.of(1, 28, 28), 1, new byte[1][784], new int[1]));
  }

  private static void assertRefused(String message, Network network, Images images) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> train(QUICK, network, images))
            .getMessage());
  }
}
