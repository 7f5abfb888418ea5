package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Convolution;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.OnnxGraph;
import org.pdnn.onnx.runtime.OnnxException;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// A stand-in for Inception: one convolution and one pool to 2048 numbers.
class InceptionFeaturesTest {
  private static final Shape READS = Shape.of(3, 8, 8);
  private static final Shape IMAGES = Shape.of(3, 4, 4);

  @TempDir Path folder;

  private static Network tiny(int features) {
    return InitialWeights.GLOROT.of(
        new Network(
            READS,
            List.of(
                Convolution.of(3, features, 3, 1, 1),
                new Neurons(Neuron.parse("relu")),
                new AveragePool(8),
                new Flatten())),
        1);
  }

  private Path model(int features) throws IOException {
    Path file = folder.resolve("tiny.onnx");
    Files.write(file, FloatGraph.of(tiny(features), OnnxGraph.ANY_BATCH));
    return file;
  }

  private static InceptionFeatures features(Path file, Optional<String> hash, PixelRange range)
      throws IOException {
    return new InceptionFeatures(file, hash, IMAGES, range, 1);
  }

  private static float[] image(int seed) {
    float[] image = new float[IMAGES.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) RandomWords.uniform(new Philox(seed).word(0, 0, i, 0));
    }
    return image;
  }

  @Test
  void imagesAreResizedAndRun() throws IOException {
    float[] resized = Bilinear.resize(image(2), IMAGES, READS);
    for (int i = 0; i < resized.length; i++) {
      resized[i] = 2 * resized[i] - 1;
    }
    double[] expected =
        new ReferenceSampler(tiny(2048), Run.of(1)).passes(resized, 0, new Philox(1))[0];
    try (InceptionFeatures inception =
        features(model(2048), Optional.empty(), PixelRange.parse("signed"))) {
      assertEquals("FID", inception.distance());
      float[] found = inception.of(new float[][] {image(1), image(2)})[1];
      assertEquals(inception.size(), found.length);
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], 1e-5);
      }
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = model(2048);
    String hash;
    try (InceptionFeatures inception = features(file, Optional.empty(), PixelRange.UNIT)) {
      hash = inception.sha256();
    }
    features(file, Optional.of(hash.toUpperCase(java.util.Locale.ROOT)), PixelRange.UNIT).close();
    var e =
        assertThrows(
            IOException.class, () -> features(file, Optional.of("0".repeat(64)), PixelRange.UNIT));
    assertTrue(String.valueOf(e.getMessage()).endsWith("it is another model"), e.getMessage());
  }

  @Test
  void whatIsNoInceptionIsRefused() throws IOException {
    Path few = model(100);
    assertMessage(
        "gives 100 numbers per image, but Inception's last pool has 2048",
        IllegalArgumentException.class,
        () -> features(few, Optional.empty(), PixelRange.UNIT));
    assertMessage(
        "reads 3 channels, the images have 2",
        IllegalArgumentException.class,
        () -> new InceptionFeatures(few, Optional.empty(), Shape.of(2, 4, 4), PixelRange.UNIT, 1));
    Path text = folder.resolve("text.onnx");
    Files.writeString(text, "no model");
    assertMessage(
        "ONNX Runtime could not load",
        OnnxException.class,
        () -> features(text, Optional.empty(), PixelRange.UNIT));
  }

  private static void assertMessage(
      String part, Class<? extends Exception> type, Executable executable) {
    var e = assertThrows(type, executable);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  private static DataSet set(int first) {
    byte[][] pixels = new byte[12][IMAGES.size()];
    for (int i = 0; i < pixels.length; i++) {
      for (int p = 0; p < pixels[i].length; p++) {
        pixels[i][p] = (byte) new Philox(first + i).word(1, 0, p, 0);
      }
    }
    Images images = Images.of("tiny", IMAGES, 1, pixels, new int[12]);
    return new DataSet("tiny", images.first(8), images.slice(8, 12), "");
  }

  @Test
  void aKnownScoreTellsAWrongRange() throws IOException {
    double reference;
    try (InceptionFeatures right = features(model(2048), Optional.empty(), PixelRange.SIGNED)) {
      reference = new KnownScore(set(0), set(100), 1).measured(right);
      assertTrue(reference > 0);
      assertEquals(reference, new KnownScore(set(0), set(100), 1.009 * reference).check(right));
    }
    try (InceptionFeatures wrong = features(model(2048), Optional.empty(), PixelRange.UNIT)) {
      assertMessage(
          "is not that of the reference",
          IllegalArgumentException.class,
          () -> new KnownScore(set(0), set(100), reference).check(wrong));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new KnownScore(set(0), set(100), Double.NaN));
  }
}
