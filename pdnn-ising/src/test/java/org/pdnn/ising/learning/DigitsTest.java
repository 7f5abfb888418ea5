package org.pdnn.ising.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.network.Dense;
import org.pdnn.network.Network;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// A joint machine of images and labels: it classifies, generates and completes digits, goes into a
/// file, and is a layer of a network.
class DigitsTest {
  private static final DataSet DIGITS = Digits.generate(new Digits.Sizes(1, 1500, 200));
  private static final Rbm LEARNT = learn();

  private static Rbm learn() {
    Examples examples = Examples.of(DIGITS.training(), true);
    Hyperparameters choices = new Hyperparameters(1, true, 15, 20, 0.1, 0.0002, 1);
    Rbm start = ContrastiveDivergence.initial(Rbm.of(784, 10, 100), examples, 1);
    return ContrastiveDivergence.learn(start, choices, examples, 2, epoch -> {});
  }

  @Test
  void theLabelOfLeastFreeEnergyIsMostlyRight() {
    FreeEnergyClassifier classifier = new FreeEnergyClassifier(LEARNT);
    double accuracy = classifier.accuracy(DIGITS.test(), 2);
    assertTrue(accuracy > 0.65, "accuracy " + accuracy);
    float[] image = new float[794];
    DIGITS.test().read(0, image, 0);
    double[] logits = classifier.logits(Arrays.copyOf(image, 784));
    for (int label = 0; label < 10; label++) {
      float[] joint = image.clone();
      joint[784 + label] = 1;
      float[] first = image.clone();
      first[784] = 1;
      assertEquals(
          LEARNT.freeEnergy(first) - LEARNT.freeEnergy(joint), logits[label] - logits[0], 1e-3);
    }
    assertThrows(IllegalArgumentException.class, () -> new FreeEnergyClassifier(Rbm.of(784, 0, 5)));
  }

  @Test
  void chainsOfALabelAreDigitsOfIt() {
    List<Clamp> clamps =
        IntStream.range(0, 100).mapToObj(chain -> Clamp.label(LEARNT, chain % 10)).toList();
    Gibbs.States states = new Gibbs(LEARNT, new Philox(1)).run(clamps, 300, 2);
    FreeEnergyClassifier classifier = new FreeEnergyClassifier(LEARNT);
    long right =
        IntStream.range(0, 100)
            .filter(
                chain -> classifier.label(Arrays.copyOf(states.means()[chain], 784)) == chain % 10)
            .count();
    assertTrue(right > 50, right + " of 100");
  }

  /// By chance 3 of 30 would be: more than 9 have odds of one in 2,000.
  @Test
  void aCompletedDigitIsOftenOfItsClass() {
    float[] image = new float[784];
    int right = 0;
    for (int index = 0; index < 30; index++) {
      DIGITS.test().read(index, image, 0);
      Clamp upper = Clamp.pixels(LEARNT, image, pixel -> pixel < 392);
      float[] completed =
          new Gibbs(LEARNT, new Philox(index)).run(List.of(upper), 100, 1).means()[0];
      assertArrayEquals(Arrays.copyOf(image, 392), Arrays.copyOf(completed, 392));
      int label = new FreeEnergyClassifier(LEARNT).label(Arrays.copyOf(completed, 784));
      right += label == DIGITS.test().label(index) ? 1 : 0;
    }
    assertTrue(right > 9, right + " of 30");
  }

  @Test
  void theHiddenBitsAreALayerOfAPDnn() {
    Network network = HiddenLayer.of(LEARNT, Shape.of(1, 28, 28));
    float[] image = new float[784];
    DIGITS.test().read(0, image, 0);
    float[] visible = Arrays.copyOf(image, 794);
    double[] means =
        new ReferenceSampler(network.deterministicTwin(), Run.of(1))
            .passes(image, 0, new Philox(1))[0];
    for (int j = 0; j < LEARNT.hidden(); j++) {
      assertEquals(Rbm.probability(LEARNT.hiddenInput(j, visible)), means[j], 1e-4);
    }
    double[] logits =
        new ReferenceSampler(
                HiddenLayer.classifier(LEARNT, Shape.of(1, 28, 28)).deterministicTwin(), Run.of(1))
            .passes(image, 0, new Philox(1))[0];
    for (int label = 0; label < 10; label++) {
      double expected = LEARNT.visibleBias().get(784 + label);
      for (int j = 0; j < LEARNT.hidden(); j++) {
        expected += means[j] * LEARNT.weight().get(j * 794 + 784 + label);
      }
      assertEquals(expected, logits[label], 1e-3);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> HiddenLayer.classifier(Rbm.of(784, 0, 5), Shape.of(1, 28, 28)));
    Rbm back = HiddenLayer.read(network.then(Dense.of(100, 10)));
    assertEquals(LEARNT.hiddenBias(), back.hiddenBias());
    for (int j = 0; j < LEARNT.hidden(); j++) {
      assertEquals(LEARNT.hiddenInput(j, visible), back.hiddenInput(j, image));
    }
    assertThrows(
        IllegalArgumentException.class, () -> HiddenLayer.read(network.deterministicTwin()));
    assertThrows(IllegalArgumentException.class, () -> HiddenLayer.of(LEARNT, Shape.of(1, 27, 27)));
  }

  @Test
  void aFileGivesBackTheMachine(@TempDir Path folder) throws IOException {
    RbmFile file = new RbmFile(LEARNT, Map.of("epochs", "15"));
    file.write(folder.resolve("rbm.safetensors"));
    assertEquals(file, RbmFile.read(folder.resolve("rbm.safetensors")));
    assertTrue(RbmFile.described(Safetensors.read(folder.resolve("rbm.safetensors"))));
    assertThrows(
        IllegalArgumentException.class, () -> new RbmFile(LEARNT, Map.of("pdnn.rbm", "mine")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rbm:2-2", "rbm:3+1-2", "rbm:4-2", "rbm:99999999-99999999", "mlp"})
  void aFileThatDoesNotFitTogetherIsRefused(String notation, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("rbm.safetensors");
    Map<String, Tensor> tensors =
        Map.of(
            "weight", Tensor.filled(Shape.of(2, 3), 1),
            "hidden_bias", Tensor.filled(Shape.of(2), 1),
            "visible_bias", Tensor.filled(Shape.of(3), 1));
    new Safetensors(tensors, Map.of("pdnn.rbm", notation)).write(file);
    String message =
        String.valueOf(assertThrows(IOException.class, () -> RbmFile.read(file)).getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    assertThrows(IOException.class, () -> RbmFile.read(file));
  }
}
