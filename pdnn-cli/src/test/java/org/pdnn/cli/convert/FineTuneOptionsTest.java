package org.pdnn.cli.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pdnn.convert.FineTune;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.training.TrainingProgress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FineTuneOptionsTest {
  private static final Images IMAGES = Digits.generate(1, 1200, 10).training();
  private static final Network NETWORK =
      Preset.network("mlp", IMAGES.shape(), 10, Neuron.parse("pbit:tanh"));

  @Command
  private static final class Options {
    @Mixin private final FineTuneOptions training = new FineTuneOptions();
  }

  @Test
  void trainingThatWasAskedForIsNeverSpared() {
    FineTune training = training("--fine-tune", "2", "--fine-tune-samples", "3");
    assertEquals("2 epochs of 1,200 images, s = 3", training.description());
    assertEquals(3, training.samples());
    assertEquals(Optional.empty(), training.spared(NETWORK));
  }

  @Test
  void theShortEpochIsSparedWhereItIsNotNeeded() {
    FineTune training = training();
    assertEquals("1 epoch of 1,200 images, s = 4", training.description());
    assertEquals(Optional.of("it is good enough"), training.spared(NETWORK));
  }

  private static FineTune training(String... words) {
    Options options = new Options();
    new CommandLine(options).parseArgs(words);
    return options
        .training
        .on(
            NETWORK,
            IMAGES,
            network -> Optional.of("it is good enough"),
            false,
            1,
            TrainingProgress.none())
        .orElseThrow();
  }
}
