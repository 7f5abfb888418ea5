package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Small networks of convolutions and pools whose windows are drawn from a seed, for tests.
public final class RandomWindows {
  private static final int CLASSES = 3;

  private RandomWindows() {}

  /// A network of images of 4 channels: a convolution, neurons, a pool and another convolution,
  /// between them whatever fits; one image in four is a sequence of height 1.
  public static Network of(long seed, Neuron neuron) {
    Random random = new Random(seed);
    Shape input = Shape.of(4, random.nextInt(4) == 0 ? 1 : 4 + random.nextInt(6), 11);
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (int kind : new int[] {0, 1, 2, 0, 1, 2 + random.nextInt(2)}) {
      Layer layer = kind == 1 ? new Neurons(neuron) : fitting(kind, shape, random);
      layers.add(layer);
      shape = layer.output(shape);
    }
    layers.add(new Flatten());
    layers.add(Dense.of(shape.size(), CLASSES));
    return SmallNetworks.randomised(new Network(input, layers), seed);
  }

  /// Draws until a layer fits.
  private static Layer fitting(int kind, Shape shape, Random random) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      try {
        Layer layer =
            switch (kind) {
              case 0 -> convolution(shape.dimension(0), random);
              case 2 -> pool(random);
              default -> new GlobalAveragePool();
            };
        layer.output(shape);
        return layer;
      } catch (IllegalArgumentException e) {
        // Larger than its input, or nothing but padding.
      }
    }
    throw new IllegalStateException("nothing fits " + shape);
  }

  private static Layer convolution(int inputs, Random random) {
    int[] groups = {1, 1, 2, inputs};
    Window window = window(random).dilation(1 + random.nextInt(2), 1 + random.nextInt(3));
    return Convolution.of(
        inputs, inputs * (1 + random.nextInt(2)), window, groups[random.nextInt(groups.length)]);
  }

  private static Pool pool(Random random) {
    Window window = window(random).ceil(random.nextBoolean());
    return random.nextBoolean()
        ? new MaxPool(window.dilation(1 + random.nextInt(2), 1 + random.nextInt(2)))
        : new AveragePool(window, random.nextBoolean());
  }

  /// A kernel of 1 to 4 pixels each way, one in three side by side, one in three padded alike.
  private static Window window(Random random) {
    Window window = Window.of(1 + random.nextInt(4), 1 + random.nextInt(4));
    int padding = random.nextInt(3);
    return switch (random.nextInt(3)) {
      case 0 -> window;
      case 1 -> window.stride(1, 2).padding(padding, padding, padding, padding);
      default ->
          window
              .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
              .padding(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
    };
  }
}
