package org.pdnn.training.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;
import org.pdnn.training.Arithmetic;

/// The library that computes libtorch's convolutions, and its products in few bits. It writes code
/// for the processor that it finds, and on some virtual machines the code for what does not fill a
/// vector gives wrong sums, or writes where it must not.
///
/// It is tried once, on small products. Where it fails, layers of odd sizes are computed without
/// it, untried, and each kind of the others is tried before it is run.
final class OneDnn {
  private static final System.Logger LOGGER = System.getLogger(OneDnn.class.getName());

  /// Inputs of a trial.
  private static final int BATCH = 3;

  /// Height and width of a trial at most: sums of larger images are those of their parts.
  private static final int LARGEST = 32;

  /// What rounding to bfloat16 may change, of each result.
  private static final double BFLOAT16_ULP = 1.0 / 256;

  /// A kind of product.
  ///
  /// @param weight dimensions
  /// @param input dimensions of a batch
  /// @param first whether nothing asks for its gradients with respect to its input
  private record Product(
      Class<? extends Layer> layer,
      List<Long> weight,
      List<Long> input,
      Window window,
      int groups,
      boolean first,
      Arithmetic arithmetic) {
    /// Of a first layer the inputs do not count, as nothing is written to them.
    private boolean fillsVectors() {
      int outputs = layer == TransposedConvolution.class ? 1 : 0;
      return groups == 1
          && weight.get(outputs) % VECTOR == 0
          && (first || weight.get(1 - outputs) % VECTOR == 0);
    }

    private Product in32Bits() {
      return new Product(layer, weight, input, window, groups, first, Arithmetic.FLOAT32);
    }
  }

  /// What it is tried on once: odd sizes, and sizes that fill vectors.
  private static final List<Product> SMALL =
      List.of(
          small(TransposedConvolution.class, List.of(3L, 4L, 3L, 2L), List.of(3L, 3L, 7L, 5L)),
          small(Convolution.class, List.of(4L, 3L, 3L, 3L), List.of(3L, 3L, 7L, 5L)),
          small(Convolution.class, List.of(32L, 16L, 3L, 3L), List.of(8L, 16L, 9L, 9L)));

  private static final Map<Product, Boolean> SOUND = new HashMap<>();

  /// Values that fill a vector of any processor.
  private static final int VECTOR = 16;

  private static boolean faulty;
  private static boolean told;

  private OneDnn() {}

  /// Tries it on this machine.
  static synchronized void tryOut() {
    faulty = torch.hasMKLDNN() && !SMALL.stream().allMatch(product -> exact(product, true));
  }

  private static Product small(Class<? extends Layer> layer, List<Long> weight, List<Long> input) {
    int padding = layer == Convolution.class ? 1 : 0;
    Window window = Window.square(3, 1, padding);
    return new Product(layer, weight, input, window, 1, false, Arithmetic.FLOAT32);
  }

  /// The layers of a network that are computed without it; the first time that there are any, the
  /// user is told.
  ///
  /// @param arithmetic of the products
  static synchronized Set<Integer> unsound(Network network, Arithmetic arithmetic) {
    Set<Integer> unsound = new HashSet<>();
    if (faulty) {
      products(network, arithmetic)
          .forEach((layer, product) -> {
            if (!SOUND.computeIfAbsent(product, OneDnn::sound)) {
              unsound.add(layer);
            }
          });
    }
    if (!unsound.isEmpty() && !told) {
      told = true;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "oneDNN computes some products wrongly on this machine; libtorch computes convolutions"
              + " whose channels are no multiples of 16 without it, slower");
    }
    return unsound;
  }

  /// Whether products of small whole numbers of these dimensions, and their gradients, are what
  /// libtorch itself computes in 64 bits.
  private static boolean sound(Product product) {
    return product.fillsVectors() && exact(product.in32Bits(), false) && exact(product, false);
  }

  private static Map<Integer, Product> products(Network network, Arithmetic arithmetic) {
    Map<Integer, Product> all = new HashMap<>();
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      int read = network.reads(i).getFirst();
      Shape input = shapes.get(read + 1);
      boolean first = read == Place.INPUT;
      switch (layer) {
        // In 32 bits libtorch has another library for matrices.
        case Dense dense when arithmetic != Arithmetic.FLOAT32 ->
            all.put(
                i, product(dense, dense.weight(), input, Window.of(1, 1), 1, first, arithmetic));
        case Convolution one ->
            all.put(
                i,
                product(one, one.weight(), input, one.window(), one.groups(), first, arithmetic));
        case TransposedConvolution one -> {
          Window window = Window.square(1, one.stride(), one.padding());
          all.put(i, product(one, one.weight(), input, window, 1, first, arithmetic));
        }
        default -> {}
      }
    }
    return all;
  }

  private static Product product(
      Layer layer,
      org.pdnn.network.Tensor weight,
      Shape input,
      Window window,
      int groups,
      boolean first,
      Arithmetic arithmetic) {
    return new Product(
        layer.getClass(),
        dimensions(weight),
        batch(input, window),
        window,
        groups,
        first,
        arithmetic);
  }

  private static List<Long> dimensions(org.pdnn.network.Tensor weight) {
    return weight.shape().dimensions().stream().map(Integer::longValue).toList();
  }

  private static List<Long> batch(Shape input, Window window) {
    List<Long> dimensions = new ArrayList<>(List.of((long) BATCH));
    for (int i = 0; i < input.rank(); i++) {
      long extent = input.dimension(i);
      long span = (i == 1 ? window.rows() : window.columns()).span();
      dimensions.add(i == 0 ? extent : Math.min(extent, Math.max(LARGEST, span)));
    }
    return dimensions;
  }

  /// @param squares whether the gradients are those of the sum of y * y, not of the sum of the
  ///   outputs y: of small products alone these are exact
  private static boolean exact(Product product, boolean squares) {
    boolean few = product.arithmetic() == Arithmetic.BFLOAT16;
    ScalarType type = few ? ScalarType.BFloat16 : ScalarType.Float;
    double tolerance = few ? BFLOAT16_ULP : 0;
    List<Boolean> layouts = product.layer() == Dense.class ? List.of(false) : List.of(false, true);
    boolean autocast = torch.is_autocast_enabled(DeviceType.CPU);
    torch.set_autocast_enabled(DeviceType.CPU, false);
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(true)) {
      for (boolean channelsLast : layouts) {
        Tensor[] results = results(product, type, channelsLast, squares);
        Tensor[] expected = results(product, ScalarType.Double, channelsLast, squares);
        for (int i = 0; i < results.length; i++) {
          Tensor error = results[i].to(ScalarType.Double).sub(expected[i]).abs();
          Tensor allowed = expected[i].abs().mul(new Scalar(tolerance));
          if (!error.le(allowed).all().item_bool()) {
            return false;
          }
        }
      }
    } finally {
      torch.set_autocast_enabled(DeviceType.CPU, autocast);
    }
    return true;
  }

  /// The outputs, and the gradients of their sum with respect to the weight and, unless the layer
  /// is the first, the input: sums of numbers that are not negative, which rounding moves by a
  /// share of themselves.
  private static Tensor[] results(
      Product product, ScalarType type, boolean channelsLast, boolean squares) {
    Tensor leaf = wholeNumbers(product.input(), 5, type);
    Tensor weight = wholeNumbers(product.weight(), 3, type);
    Tensor x = channelsLast ? leaf.contiguous(MemoryFormat.ChannelsLast) : leaf;
    TensorOptional bias = new TensorOptional();
    Tensor y =
        product.layer() == Dense.class
            ? torch.linear(x, weight, bias)
            : product.layer() == Convolution.class
                ? Windowed.convolution(x, weight, bias, product.window(), product.groups())
                : Windowed.transposed(x, weight, bias, product.window());
    (squares ? y.mul(y) : y).sum().backward();
    return product.first()
        ? new Tensor[] {y, weight.grad()}
        : new Tensor[] {y, weight.grad(), leaf.grad()};
  }

  /// 0, 1, 2, ... and again from 0: in 32 bits sums of products of these have no rounding.
  private static Tensor wholeNumbers(List<Long> shape, double count, ScalarType type) {
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    long size = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    return torch
        .arange(new Scalar((double) size))
        .remainder(new Scalar(count))
        .to(type)
        .reshape(dimensions)
        .detach()
        .requires_grad_(true);
  }
}
