package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.network.FanIn;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.network.Vae;
import org.pdnn.network.VaePreset;

class VaeTrainerTest {
  private static final Images DIGITS = QuickTraining.digits(200);
  private static final FanIn LIMIT = new FanIn(32, 1);

  /// Seven steps an epoch.
  private static final Hyperparameters RUN =
      VaeTrainer.paper().withSamples(2).withEpochs(3).withBatch(32).withLearningRate(3e-3);

  @TempDir Path folder;

  private static Vae mnist(String neuron) {
    return VaePreset.mnist(Neuron.parse(neuron)).withInitial(InitialWeights.GLOROT, 1);
  }

  private static Images none() {
    return DIGITS.first(0);
  }

  /// An untrained decoder, whose pixels are near 1/2, needs about 784 log 2 = 543 nats.
  @ParameterizedTest
  @ValueSource(strings = {"pbit:tanh", "tanh", "tanh:1bit"})
  void autoEncodersLearnDigits(String neuron) throws IOException {
    List<VaeResult> learnt = new ArrayList<>();
    List<VaeResult> tested = new ArrayList<>();
    TrainingProgress<VaeResult> progress =
        new TrainingProgress<VaeResult>() {
          @Override
          public void epoch(int epoch, VaeResult result, VaeResult validation) {
            learnt.add(result);
            tested.add(validation);
          }
        };
    Vae trained =
        new VaeTrainer(RUN.withEpochs(12))
            .fanIn(LIMIT)
            .progress(progress)
            .train(mnist(neuron), DIGITS.first(150), DIGITS.slice(150, 200));
    assertEquals(12, learnt.size());
    assertEquals(150, learnt.getLast().images());
    assertEquals(50, tested.getLast().images());
    assertTrue(learnt.getLast().loss() < 0.6 * learnt.getFirst().loss(), learnt.toString());
    assertTrue(tested.getLast().loss() < 0.6 * tested.getFirst().loss(), tested.toString());
    assertEquals(List.of(10, 32, 32, 32), FanIn.used(trained.decoder()));
    assertEquals(
        tested.getLast(),
        new VaeTrainer(RUN).test(trained, DIGITS.slice(150, 200)),
        "the last epoch's test is that of what was trained");
  }

  private VaeTrainer trainer(
      Hyperparameters run, TrainingProgress<VaeResult> progress, Optional<Path> kept) {
    VaeTrainer trainer = new VaeTrainer(run).fanIn(LIMIT).progress(progress);
    kept.ifPresent(path -> trainer.checkpoints(path, Duration.ofDays(1), true));
    return trainer;
  }

  private void interruptAfter(int steps, Vae initial) {
    TrainingProgress<VaeResult> interrupting =
        new TrainingProgress<VaeResult>() {
          private int made;

          @Override
          public void batch(int epoch, long seen, long images, VaeResult soFar) {
            if (++made == steps) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try {
      assertThrows(
          CancellationException.class,
          () -> trainer(RUN, interrupting, Optional.of(folder)).train(initial, DIGITS, none()));
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 18})
  void anInterruptedRunEndsInTheSameBits(int steps) throws IOException {
    Vae initial = mnist("pbit:tanh");
    interruptAfter(steps, initial);
    Vae whole =
        trainer(RUN, TrainingProgress.none(), Optional.empty()).train(initial, DIGITS, none());
    List<String> notices = new ArrayList<>();
    TrainingProgress<VaeResult> listening =
        new TrainingProgress<VaeResult>() {
          @Override
          public void notice(String sentence) {
            notices.add(sentence);
          }
        };
    VaeTrainer again = trainer(RUN, listening, Optional.of(folder));
    assertEquals(whole, again.train(initial, DIGITS, none()));
    assertEquals(List.of("resumed after step %d of 21".formatted(steps)), notices);
    again.forget();
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    interruptAfter(2, mnist("pbit:tanh"));
    var e =
        assertThrows(
            IOException.class,
            () ->
                trainer(RUN.withSamples(3), TrainingProgress.none(), Optional.of(folder))
                    .train(mnist("pbit:tanh"), DIGITS, none()));
    assertTrue(String.valueOf(e.getMessage()).contains("is of another run"), e.getMessage());
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new VaeTrainer(RUN).train(mnist("tanh"), QuickTraining.noise(4, 8, 1), none()));
    assertEquals("the encoder reads 1x28x28, the images are 1x8x8", e.getMessage());
  }
}
