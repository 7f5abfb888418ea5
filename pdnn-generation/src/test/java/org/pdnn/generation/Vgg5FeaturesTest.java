package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

class Vgg5FeaturesTest {
  private static final Shape SMALL = Shape.of(3, 8, 8);
  private static final Shape LARGE = Shape.of(3, 16, 16);

  private static Network vgg5(String neuron) {
    return InitialWeights.GLOROT.of(
        Preset.network("vgg5", Shape.of(3, 8, 8), 10, Neuron.parse(neuron)), 1);
  }

  private static float[] image(Shape shape, int seed) {
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) RandomWords.uniform(new Philox(seed).word(0, 0, i, 0));
    }
    return image;
  }

  @Test
  void featuresAreTheLastHiddenNeurons() {
    Network network = vgg5("sigmoid");
    int last = network.layers().size() - 1;
    Network front = new Network(network.input(), network.layers().subList(0, last));
    float[] image = image(SMALL, 1);
    double[] expected = new ReferenceSampler(front, Run.of(1)).passes(image, 0, new Philox(1))[0];
    try (FeatureExtractor extractor = new Vgg5Features(network, SMALL)) {
      assertEquals("FD-VGG5", extractor.distance());
      assertEquals(1024, extractor.size());
      float[] found = extractor.of(new float[][] {image})[0];
      for (int i = 0; i < 1024; i++) {
        assertEquals(expected[i], found[i], 1e-5);
      }
    }
  }

  /// An image of 2x2 equal pixels in place of each is averaged back.
  @Test
  void largerImagesAreAveragedDown() {
    float[] small = image(SMALL, 2);
    float[] large = new float[LARGE.size()];
    for (int i = 0; i < large.length; i++) {
      int channel = i / 256;
      int row = i / 16 % 16;
      int column = i % 16;
      large[i] = small[channel * 64 + row / 2 * 8 + column / 2];
    }
    try (FeatureExtractor one = new Vgg5Features(vgg5("relu"), SMALL);
        FeatureExtractor other = new Vgg5Features(vgg5("relu"), LARGE)) {
      float[] expected = one.of(new float[][] {small})[0];
      float[] found = other.of(new float[][] {large})[0];
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-5);
      }
    }
  }

  @Test
  void whatHasNoFeaturesIsRefused() {
    for (var refused :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> Vgg5Features.features(vgg5("pbit:sigmoid"), SMALL),
            () -> Vgg5Features.features(vgg5("relu"), Shape.of(3, 12, 12)),
            () -> Vgg5Features.features(vgg5("relu"), Shape.of(1, 8, 8)),
            () ->
                Vgg5Features.features(
                    Preset.network("mlp:192-10", SMALL, 10, Neuron.parse("relu")), SMALL))) {
      assertThrows(IllegalArgumentException.class, refused);
    }
  }
}
