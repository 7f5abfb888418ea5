package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

class CountsTest {
  /// As reported, in units of the last digit: for MLPerf Tiny's networks, whose paper gives their
  /// layers, and for ResNet-20 by github.com/chenyaofo/pytorch-cifar-models.
  @ParameterizedTest
  @CsvSource({
    "mobilenet, 7.5, 0.1",
    "ds-cnn, 2.7, 0.1",
    "autoencoder, 0.26, 0.01",
    "resnet8, 12.5, 0.1",
    "resnet20, 40.81, 0.01"
  })
  void presetsTakeThePublishedMillionsOfMacs(String name, double published, double unit) {
    long macs = Counts.of(Preset.network(name, Examples.PBIT)).macs();
    assertEquals(published, macs / 1e6, unit / 2, name);
  }

  /// Paper, section 5.
  @Test
  void vgg5() {
    Counts counts = Counts.of(Examples.vgg5(Examples.PBIT));
    assertEquals(2_202_122, counts.weights());
    assertEquals(12_429_312, counts.macs());
    assertEquals(58_378, counts.neurons());
    assertEquals(Map.of(Examples.PBIT, 58_368L, Counts.LINEAR, 10L), counts.neuronsByType());
    assertEquals("convolution 32x32x32", counts.layers().getFirst().name());
  }

  /// 2x5x5 through a 3x3 kernel, stride 2, padding 1, to 4x3x3: 9 pixels x 9 x 2 x 4 = 648. Weights
  /// 9 x 2 x 4 + 4 = 76.
  @Test
  void convolution() {
    LayerCounts counts = only(Shape.of(2, 5, 5), Convolution.of(2, 4, 3, 2, 1));
    assertEquals(648, counts.macs());
    assertEquals(76, counts.weights());
    assertEquals(36, counts.neuronCount());
  }

  /// 4x5x6 by 3x2 kernels over each channel, to 8x5x5: 25 pixels x 6 x 1 x 8 = 1,200. In two groups
  /// each output reads two channels.
  @Test
  void groups() {
    Window window = Window.of(3, 2).stride(1, 1).padding(1, 0, 1, 0);
    LayerCounts depthwise = only(Shape.of(4, 5, 6), Convolution.of(4, 8, window, 4));
    assertEquals(1200, depthwise.macs());
    assertEquals(8 * 6 + 8, depthwise.weights());
    assertEquals(200, depthwise.neuronCount());
    assertEquals(2400, only(Shape.of(4, 5, 6), Convolution.of(4, 8, window, 2)).macs());
    assertEquals(
        "global average pool 4x1x1", only(Shape.of(4, 5, 6), new GlobalAveragePool()).name());
  }

  /// 49 tokens of 16 values and 64 channels in each of 4 blocks: 12 x 49 x 64² by weights, 2 x 49²
  /// x 64 by queries, keys and values.
  @Test
  void visionTransformer() {
    Network network = Preset.network("vit", Shape.of(1, 28, 28), 10, Neuron.parse("pbit:sigmoid"));
    assertEquals(
        49 * 16 * 64 + 4 * (12 * 49 * 64 * 64 + 2 * 49 * 49 * 64) + 640, Counts.of(network).macs());
  }

  /// Of 6 tokens the causal attention reads 1 + 2 + ... + 6 = 21 pairs, of 4 channels twice.
  @Test
  void causalAttention() {
    Network network = SmallNetworks.language(Neuron.parse("gelu"));
    assertEquals(3 * 6 * 16 + 21 * 8 + 6 * 4 * 5 + 6 * 5 * 9, Counts.of(network).macs());
  }

  /// 2x5x5 through a 4x4 kernel, stride 2, padding 1, to 3x10x10: 25 pixels x 16 x 2 x 3 = 2,400.
  @Test
  void transposedConvolution() {
    LayerCounts counts = only(Shape.of(2, 5, 5), TransposedConvolution.of(2, 3, 4, 2, 1));
    assertEquals(2400, counts.macs());
    assertEquals(99, counts.weights());
    assertEquals(300, counts.neuronCount());
  }

  private static LayerCounts only(Shape input, Layer layer) {
    return Counts.of(new Network(input, List.of(layer))).layers().getFirst();
  }

  /// Pre-activations that reach the next weights without a neuron: 5 of the first dense layer and 6
  /// of the batch norm after the p-bits.
  @Test
  void linearNeurons() {
    Counts counts =
        Counts.of(
            new Network(
                Shape.of(4),
                List.of(
                    Dense.of(4, 5),
                    BatchNorm.of(5),
                    Dense.of(5, 6),
                    new Neurons(Examples.PBIT),
                    BatchNorm.of(6),
                    Dense.of(6, 2),
                    new Neurons(Examples.SIGMOID))));
    assertEquals(
        List.of(5L, 0L, 0L, 6L, 6L, 0L, 2L),
        counts.layers().stream().map(LayerCounts::neuronCount).toList());
    assertEquals(
        Map.of(Counts.LINEAR, 11L, Examples.PBIT, 6L, Examples.SIGMOID, 2L),
        counts.neuronsByType());
  }

  @Test
  void weightsAreTheNetworksParameters() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Network network = Examples.random(random);
      assertEquals(network.parameters(), Counts.of(network).weights());
    }
  }

  /// To the last one: what a preset computes does not change unseen.
  @ParameterizedTest
  @CsvSource({
    "resnet8, 12501632",
    "mobilenet, 7489664",
    "ds-cnn, 2656768",
    "autoencoder, 264192",
    "resnet20, 40813184"
  })
  void publishedNetworksHaveTheirMultiplications(String name, long macs) {
    assertEquals(macs, Counts.of(Preset.network(name, Examples.PBIT)).macs());
  }
}
