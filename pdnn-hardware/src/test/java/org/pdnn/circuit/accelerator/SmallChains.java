package org.pdnn.circuit.accelerator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
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
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;
import org.pdnn.random.Scheme;

/// Small networks that have a circuit: of images, of sizes that pools do not divide, and masked
/// ones, whose units read different numbers of inputs, or none.
@SuppressWarnings("ImmutableEnumChecker") // records of numbers
enum SmallChains {
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
  },

  /// The first and the last layer masked.
  MASKED(Shape.of(40), InputGrid.covering(-1, 1), 0, 4) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(Dense.of(40, 33), neurons, Dense.of(33, 12), neurons, Dense.of(12, 7));
    }
  },

  /// As few cells as a masked network can have.
  TINY(Shape.of(5), InputGrid.PIXELS, 2) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(Dense.of(5, 4), neurons, Dense.of(4, 3));
    }
  },

  /// As few as a convolution and a pool can have.
  TINY_IMAGE(Shape.of(1, 3, 3), InputGrid.PIXELS) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(1, 2, 2, 1, 1), neurons, new MaxPool(2), new Flatten(), Dense.of(8, 2));
    }
  },

  /// A masked layer between others that are not, after pools, with more terms than the generators
  /// need shifts.
  MASKED_WITHIN(Shape.of(2, 8, 6), InputGrid.PIXELS, 4) {
    @Override
    List<Layer> layers(Layer neurons) {
      return List.of(
          Convolution.of(2, 7, 3, 1, 1),
          neurons,
          new MaxPool(2),
          new Flatten(),
          Dense.of(84, 9),
          neurons,
          Dense.of(9, 3));
    }
  };

  private final Shape shape;
  private final InputGrid grid;
  private final int[] masked;

  /// @param masked layers
  SmallChains(Shape shape, InputGrid grid, int... masked) {
    this.shape = shape;
    this.grid = grid;
    this.masked = masked;
  }

  abstract List<Layer> layers(Layer neurons);

  Accelerator accelerator(String curve, int elements, int bits) {
    return accelerator(curve, elements, bits, Scheme.INDEPENDENT);
  }

  Accelerator accelerator(String curve, int elements, int bits, Scheme scheme) {
    Layer neurons = new Neurons(Neuron.parse("pbit:" + curve));
    Network network = SmallNetworks.randomised(new Network(shape, layers(neurons)), 1);
    Map<String, Tensor> tensors = new LinkedHashMap<>(network.tensors());
    for (int layer : masked) {
      tensors.computeIfPresent(layer + ".weight", (_, weight) -> thinned(weight));
    }
    network = network.withTensors(tensors);
    return Accelerator.of(
        network, WeightFormat.parse("8"), grid, new Lfsr(bits, 1), scheme, elements);
  }

  /// Unit by unit 0 to half of the weights, whichever.
  private static Tensor thinned(Tensor weight) {
    SplittableRandom random = new SplittableRandom(weight.size());
    int inputs = weight.shape().dimension(1);
    float[] values = new float[weight.size()];
    for (int unit = 0; unit < weight.shape().dimension(0); unit++) {
      int most = unit == 0 ? 0 : unit == 1 ? inputs / 2 : random.nextInt(inputs / 2);
      random.ints(0, inputs).distinct().limit(most).forEach(set(weight, values, unit * inputs));
    }
    return new Tensor(weight.shape(), values);
  }

  private static IntConsumer set(Tensor weight, float[] values, int from) {
    return input -> values[from + input] = weight.get(from + input);
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
