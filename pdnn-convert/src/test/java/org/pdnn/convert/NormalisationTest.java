package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// Networks trained on pixels in [0, 1] and on normalised ones, both run on pixels in [0, 1].
class NormalisationTest {
  private static final Images PIXELS = TrainedDigits.IMAGES.first(200);

  private static Images normalised(Images images, InputForm form) {
    return images.normalised(
        new float[] {form.mean().getFirst()}, new float[] {form.std().getFirst()});
  }

  private static Network trained(String neuron, Images images) throws IOException {
    Network zero =
        Preset.network("mlp:784-32-10", TrainedDigits.IMAGES.shape(), 10, Neuron.parse(neuron));
    return new Trainer(new Hyperparameters(1, 4, 32, 3e-3, false, Outputs.LOGITS, 1))
        .train(InitialWeights.PYTORCH.of(zero, 1), images);
  }

  private static Optional<Normalisation> missing(Network network) {
    Calibration calibration = Calibration.of(LabelledInputs.of(PIXELS));
    return Normalisation.missing(
        network,
        calibration,
        PIXELS,
        InputForm.PIXELS,
        form -> LabelledInputs.of(normalised(PIXELS, form)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh"})
  void aNetworkOfNormalisedPixelsMissesThem(String neuron) throws IOException {
    InputForm mnist = new InputForm(InputForm.Axes.CHANNELS_FIRST, List.of(0.15f), List.of(0.3f));
    Normalisation found =
        missing(trained(neuron, normalised(TrainedDigits.IMAGES, mnist))).orElseThrow();
    assertTrue(found.accuracy() >= found.plain() && found.accuracy() > 0.9, found.toString());
    assertTrue(
        found.sentence().startsWith("the network seems to be trained on normalised pixels: --mean"),
        found.sentence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh"})
  void aNetworkOfPlainPixelsDoesNot(String neuron) throws IOException {
    assertEquals(Optional.empty(), missing(trained(neuron, TrainedDigits.IMAGES)));
  }

  /// Two images of two pixels and two channels: the first channel holds 0, 1, 0 and 1, the second
  /// only 51 / 255.
  @Test
  void theOptionsAreTheMomentsOfTheChannels() {
    byte one = (byte) 255;
    Images two =
        Images.of(
            "two",
            Shape.of(2, 1, 2),
            2,
            new byte[][] {{0, one, 51, 51}, {0, one, 51, 51}},
            new int[] {0, 1});
    Network network = Preset.network("mlp:4-2-2", two.shape(), 2, Neuron.parse("tanh"));
    InputForm[] seen = {InputForm.PIXELS};
    Optional<Normalisation> found =
        Normalisation.missing(
            network,
            Calibration.of(LabelledInputs.of(two)),
            two,
            InputForm.PIXELS,
            form -> {
              seen[0] = form;
              return LabelledInputs.of(two);
            });
    assertEquals(Optional.empty(), found, "zero weights answer nothing");
    assertEquals(List.of(0.5f, 0.2f), seen[0].mean());
    assertEquals(List.of(0.5f, 1f), seen[0].std());
    assertEquals(
        List.of("--mean", "0.5,0.2", "--std", "0.5,1.0"),
        new Normalisation(seen[0], 0, 1, 2).options());
  }
}
