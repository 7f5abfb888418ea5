package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Window;

/// Small networks that read images, of sizes that pools do not divide.
@SuppressWarnings("ImmutableEnumChecker") // records of numbers
enum SmallImages {
  /// One channel, inputs below 0, so that their 0 is not what padding adds; a pool after p-bits.
  ONE(Shape.of(1, 6, 6), InputGrid.covering(-1, 1)) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(1, 2, 3, 1, 1), neurons, new MaxPool(2), new Flatten(), Dense.of(18, 3));
    }
  },

  /// As VGG5.
  DEEP(Shape.of(2, 7, 5), InputGrid.covering(-1, 2)) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(2, 5, 3, 1, 1),
          BatchNorm.of(5),
          neurons,
          new MaxPool(2),
          Convolution.of(5, 4, 3, 1, 1),
          neurons,
          new MaxPool(Window.of(3, 1)),
          new Flatten(),
          Dense.of(8, 6),
          neurons,
          Dense.of(6, 3));
    }
  },

  /// Pools before the p-bits, one of which overlaps.
  POOL_FIRST(Shape.of(2, 7, 6), InputGrid.PIXELS) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(2, 5, 3, 1, 1),
          new MaxPool(2),
          neurons,
          Convolution.of(5, 7, 3, 1, 1),
          new MaxPool(Window.of(2, 2).stride(1, 1)),
          neurons,
          new Flatten(),
          Dense.of(28, 3));
    }
  },

  /// Both kinds of pools, strides, dilation, sides padded differently, none.
  ODD(Shape.of(2, 9, 8), InputGrid.covering(-1, 1)) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(2, 3, Window.of(3, 2).stride(1, 2).dilation(1, 2).padding(1, 0, 2, 1), 1),
          neurons,
          new MaxPool(Window.of(2, 1)),
          Convolution.of(3, 4, Window.of(2, 2).stride(1, 1).padding(0, 1, 0, 0), 1),
          new MaxPool(Window.of(1, 2)),
          neurons,
          Convolution.of(4, 9, Window.of(2, 1).stride(1, 1), 1),
          neurons,
          new Flatten(),
          Dense.of(54, 3));
    }
  };

  private final Shape shape;
  private final InputGrid grid;

  SmallImages(Shape shape, InputGrid grid) {
    this.shape = shape;
    this.grid = grid;
  }

  abstract List<Layer> layers(Layer neurons);

  Accelerator accelerator(String curve, int elements, int bits) {
    Layer neurons = new Neurons(Neuron.parse("pbit:" + curve));
    Network network = SmallNetworks.randomised(new Network(shape, layers(neurons)), 1);
    return Accelerator.of(network, WeightFormat.parse("8"), grid, new Lfsr(bits, 1), elements);
  }

  /// Inputs on the grid, in PyTorch's order.
  float[][] inputs(int count) {
    SplittableRandom random = new SplittableRandom(count);
    return Stream.generate(() -> input(random)).limit(count).toArray(float[][]::new);
  }

  private float[] input(SplittableRandom random) {
    float[] input = new float[shape.size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (random.nextInt(InputGrid.MOST + 1) - grid.zero()) * grid.step();
    }
    return input;
  }
}
