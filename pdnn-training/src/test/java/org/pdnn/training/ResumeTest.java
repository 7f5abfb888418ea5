package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Outputs;

/// A run that was stopped and resumed ends in the same bits as one that was not.
class ResumeTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration ALWAYS = Duration.ZERO;

  /// Seven steps an epoch with 200 images.
  private static final Hyperparameters RUN =
      new Hyperparameters(2, 3, 32, 1e-2, true, Outputs.LOGITS, 1);

  private static final Images DIGITS = QuickTraining.digits(200);
  private static final Network INITIAL = QuickTraining.mlp("pbit:sigmoid", 1);

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  private Network train(Hyperparameters run, Network initial, Images images) throws IOException {
    return new Trainer(run).threads(1).train(initial, images);
  }

  /// Trains until a step was made, then interrupts.
  private void interruptAfter(
      int steps, Duration every, Hyperparameters run, Network initial, Images images)
      throws IOException {
    TrainingProgress<StepResult> interrupting =
        new TrainingProgress<StepResult>() {
          private int made;

          @Override
          public void batch(int epoch, long seen, long all, StepResult soFar) {
            if (++made == steps) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Trainer trainer =
        new Trainer(run).threads(1).progress(interrupting).checkpoints(checkpoints(), every, true);
    try {
      var e = assertThrows(CancellationException.class, () -> trainer.train(initial, images));
      assertTrue(String.valueOf(e.getMessage()).startsWith("training was interrupted after step "));
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    }
  }

  private Network resume(Hyperparameters run, Network initial, Images images) throws IOException {
    TrainingProgress<StepResult> listening =
        new TrainingProgress<StepResult>() {
          @Override
          public void notice(String sentence) {
            notices.add(sentence);
          }
        };
    return new Trainer(run)
        .threads(1)
        .progress(listening)
        .checkpoints(checkpoints(), NEVER, true)
        .train(initial, images);
  }

  private Path checkpoints() {
    return folder.resolve("model.checkpoints");
  }

  private Path checkpoint(int step) {
    return checkpoints().resolve("checkpoint-%d.safetensors".formatted(step));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 8, 20})
  void anInterruptLeavesACheckpointThatIsContinued(int steps) throws IOException {
    interruptAfter(steps, NEVER, RUN, INITIAL, DIGITS);
    assertTrue(Files.exists(checkpoint(steps)), files().toString());
    assertEquals(train(RUN, INITIAL, DIGITS), resume(RUN, INITIAL, DIGITS));
    assertEquals(List.of("resumed after step %d of 21".formatted(steps)), notices);
  }

  @Test
  void aRunMayBeInterruptedAgainAndAgain() throws IOException {
    for (int i = 0; i < 6; i++) {
      interruptAfter(3, NEVER, RUN, INITIAL, DIGITS);
    }
    assertEquals(train(RUN, INITIAL, DIGITS), resume(RUN, INITIAL, DIGITS));
    assertEquals(List.of("resumed after step 18 of 21"), notices);
  }

  @ParameterizedTest
  @CsvSource({"vgg5, pbit:tanh", "vgg5, sigmoid", "mlp, noisy:tanh:0.5"})
  void batchNormsAndNoiseSurviveToo(String name, String neuron) throws IOException {
    Hyperparameters run = RUN.withEpochs(2).withBatch(16);
    Images noise = QuickTraining.noise(40, 8, 1);
    Network initial = QuickTraining.preset(name, Shape.of(1, 8, 8), neuron, 1);
    interruptAfter(4, NEVER, run, initial, noise);
    assertEquals(train(run, initial, noise), resume(run, initial, noise));
    assertEquals(List.of("resumed after step 4 of 6"), notices);
  }

  @Test
  void aFinishedRunMayBeResumedForMoreEpochs() throws IOException {
    resume(RUN.withEpochs(1), INITIAL, DIGITS);
    assertEquals(train(RUN, INITIAL, DIGITS), resume(RUN, INITIAL, DIGITS));
    assertEquals(List.of("resumed after step 7 of 21"), notices);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "a bit flipped", "empty", "another format"})
  void aDamagedCheckpointGivesWayToTheOneBefore(String damage) throws IOException {
    interruptAfter(10, ALWAYS, RUN, INITIAL, DIGITS);
    assertEquals(List.of("checkpoint-10.safetensors", "checkpoint-9.safetensors"), files());
    damage(checkpoint(10), damage);
    assertEquals(train(RUN, INITIAL, DIGITS), resume(RUN, INITIAL, DIGITS));
    assertEquals(2, notices.size(), notices.toString());
    assertTrue(notices.getFirst().startsWith(checkpoint(10) + " "), notices.toString());
    assertTrue(notices.getFirst().endsWith("; trying the checkpoint before it"));
    assertEquals("resumed after step 9 of 21", notices.getLast());
  }

  @Test
  void withoutAWholeCheckpointTheRunBeginsAgain() throws IOException {
    interruptAfter(10, ALWAYS, RUN, INITIAL, DIGITS);
    damage(checkpoint(9), "truncated");
    damage(checkpoint(10), "a bit flipped");
    assertEquals(train(RUN, INITIAL, DIGITS), resume(RUN, INITIAL, DIGITS));
    assertEquals(2, notices.size(), notices.toString());
  }

  private static void damage(Path file, String damage) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (damage) {
      case "truncated" -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
      case "empty" -> bytes = new byte[0];
      case "a bit flipped" -> bytes[bytes.length * 3 / 4] ^= 4;
      default -> bytes = "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
    Files.write(file, bytes);
  }

  @Test
  void onlyTwoCheckpointsAreKeptAndNothingBesideThem() throws IOException {
    List<Integer> counts = new ArrayList<>();
    TrainingProgress<StepResult> counting =
        new TrainingProgress<StepResult>() {
          @Override
          public void batch(int epoch, long seen, long all, StepResult soFar) {
            try {
              counts.add(Files.isDirectory(checkpoints()) ? files().size() : 0);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        };
    Trainer trainer =
        new Trainer(RUN).threads(1).progress(counting).checkpoints(checkpoints(), ALWAYS, false);
    trainer.train(INITIAL, DIGITS);
    assertEquals(List.of(0, 1, 2, 2), counts.subList(0, 4));
    assertEquals(2, counts.stream().max(Integer::compare).orElseThrow());
    assertEquals(List.of("checkpoint-20.safetensors", "checkpoint-21.safetensors"), files());
    trainer.forget();
    assertFalse(Files.exists(checkpoints()));
    trainer.forget();
  }

  /// What a `kill -9` in the middle of a write leaves is removed by the run that goes on.
  @Test
  void halfWrittenFilesOfAKilledRunAreRemoved() throws IOException {
    interruptAfter(10, NEVER, RUN, INITIAL, DIGITS);
    Path half =
        Files.writeString(
            checkpoints().resolve(".checkpoint-11.safetensors.99999999-4.part"), "half");
    resume(RUN, INITIAL, DIGITS);
    assertFalse(Files.exists(half), files().toString());
  }

  @Test
  void withoutResumeOldCheckpointsAreRemoved() throws IOException {
    interruptAfter(10, NEVER, RUN, INITIAL, DIGITS);
    Network fresh =
        new Trainer(RUN).threads(1).checkpoints(checkpoints(), NEVER, false).train(INITIAL, DIGITS);
    assertEquals(train(RUN, INITIAL, DIGITS), fresh);
    assertEquals(List.of("checkpoint-14.safetensors", "checkpoint-21.safetensors"), files());
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() throws IOException {
    interruptAfter(3, NEVER, RUN, INITIAL, DIGITS);
    assertOther(RUN.withSamples(3), INITIAL, DIGITS);
    assertOther(RUN.withBatch(16), INITIAL, DIGITS);
    assertOther(RUN.withSeed(2), INITIAL, DIGITS);
    assertOther(new Hyperparameters(2, 3, 32, 2e-2, true, Outputs.LOGITS, 1), INITIAL, DIGITS);
    assertOther(RUN, QuickTraining.mlp("pbit:tanh", 1), DIGITS);
    assertOther(
        RUN, QuickTraining.preset("mlp:784-17-10", Shape.of(1, 28, 28), "pbit:sigmoid", 1), DIGITS);
    assertOther(RUN, INITIAL, QuickTraining.digits(199));
    assertEquals(List.of("checkpoint-3.safetensors"), files());
  }

  private void assertOther(Hyperparameters run, Network initial, Images images) {
    var e = assertThrows(IOException.class, () -> resume(run, initial, images));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(checkpoint(3) + " is of another run ("), message);
    assertTrue(message.endsWith("; use its options or another --out"), message);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    var e =
        assertThrows(
            IOException.class,
            () ->
                new Trainer(RUN)
                    .threads(1)
                    .checkpoints(file.resolve("checkpoints"), ALWAYS, false)
                    .train(INITIAL, DIGITS));
    assertTrue(
        String.valueOf(e.getMessage())
            .endsWith(file + " is a file, not a folder; choose another folder"),
        e.getMessage());
  }
}
