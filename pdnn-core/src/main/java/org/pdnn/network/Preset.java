package org.pdnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pdnn.names.Nearest;

/// Networks known by name: `mlp:784-256-128-10` with any sizes, `cnn:16-32` with any channels,
/// `vit:4-64-4-4` with any sizes, `resnet8`, `resnet20`, `mobilenet`, `ds-cnn` and `autoencoder` of
/// MLPerf Tiny, and `vgg5` (paper, figure 9), whose neurons come before its max pools, or after
/// them in `vgg5:pool-first`. In `resnet8` neurons follow the sums; `resnet8:bits-added` and
/// `resnet8:pre-activation` have them before the sums, as bits that are added or before each
/// convolution.
public final class Preset {
  private static final String MLP = "mlp";
  private static final String CNN = "cnn";
  private static final String VGG5 = "vgg5";

  /// The same function of deterministic neurons, for a fourth of them; of p-bits another network.
  private static final String VGG5_POOL_FIRST = VGG5 + ":pool-first";

  /// Of MLPerf Tiny (C. Banbury et al., "MLPerf Tiny benchmark", NeurIPS 2021): 78,186 parameters.
  private static final String RESNET8 = "resnet8";

  private static final String RESNET20 = "resnet20";

  /// Channels of the first stage of both.
  private static final int RESNET_WIDTH = 16;

  private static final String VIT = "vit";

  /// Patches of 4x4 pixels, 64 channels, 4 blocks of 4 heads.
  private static final List<Integer> VIT_SIZES = List.of(4, 64, 4, 4);

  private static final String MOBILENET = "mobilenet";
  private static final String DS_CNN = "ds-cnn";
  private static final String AUTOENCODER = "autoencoder";

  private static final String EXAMPLES =
      "mlp:784-256-128-10, cnn:16-32, vit:4-64-4-4 (any sizes), vgg5, vgg5:pool-first, resnet8,"
          + " resnet20, mobilenet, ds-cnn or autoencoder";

  /// Those that any sizes and inputs may follow.
  public static final List<String> NAMES =
      List.of(MLP, CNN, VGG5, RESNET8, RESNET20, VIT, MOBILENET, DS_CNN, AUTOENCODER);

  /// All of them, in each form that has a name.
  public static final List<String> FORMS =
      Stream.of(
              NAMES.stream(),
              Stream.of(VGG5_POOL_FIRST),
              Arrays.stream(ResNet.Form.values())
                  .filter(form -> form != ResNet.Form.AFTER_SUM)
                  .flatMap(form -> Stream.of(RESNET8 + form.suffix(), RESNET20 + form.suffix())))
          .flatMap(names -> names)
          .toList();

  private Preset() {}

  /// Builds a network with zero weights; [InitialWeights] give it a start.
  ///
  /// @param name `mlp:SIZES`, `cnn:CHANNELS`, `vit:PATCH-CHANNELS-BLOCKS-HEADS`, `vgg5`,
  ///   `vgg5:pool-first`, `resnet8`, `resnet20`, the latter two with `:bits-added` or
  ///   `:pre-activation` too; `mlp` alone has 256 and 128 hidden neurons, `cnn` alone 16 and 32
  ///   channels, `vit` alone the sizes 4-64-4-4
  /// @param input the shape of one input
  /// @param outputs number of outputs, one per class
  /// @param neuron every hidden neuron; the last layer stays analog (paper, section 2)
  /// @throws IllegalArgumentException if the name is unknown or does not fit input and outputs
  public static Network network(String name, Shape input, int outputs, Neuron neuron) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    if (text.equals(VGG5) || text.equals(VGG5_POOL_FIRST)) {
      return vgg5(input, outputs, neuron, text.equals(VGG5_POOL_FIRST));
    }
    for (ResNet.Form form : ResNet.Form.values()) {
      if (text.equals(RESNET8 + form.suffix()) || text.equals(RESNET20 + form.suffix())) {
        int blocks = text.startsWith(RESNET8) ? 1 : 3;
        return ResNet.of(blocks, RESNET_WIDTH, form, input, outputs, neuron);
      }
    }
    switch (text) {
      case MOBILENET -> {
        return TinyPreset.mobilenet(input, outputs, neuron);
      }
      case DS_CNN -> {
        return TinyPreset.keywords(input, outputs, neuron);
      }
      case AUTOENCODER -> {
        return TinyPreset.autoencoder(input, outputs, neuron);
      }
      default -> {}
    }
    if (text.equals(VIT)) {
      return VisionTransformer.of(VIT_SIZES, input, outputs, neuron);
    }
    if (text.startsWith(VIT + ":")) {
      List<Integer> sizes = sizes(name, text.substring(VIT.length() + 1));
      if (sizes.size() != VIT_SIZES.size()) {
        throw new IllegalArgumentException(
            "network '%s' needs the sizes of patches and tokens, blocks and heads, as in vit:4-64-4-4"
                .formatted(name));
      }
      return VisionTransformer.of(sizes, input, outputs, neuron);
    }
    if (text.equals(MLP)) {
      return mlp(input, List.of(input.size(), 256, 128, outputs), neuron);
    }
    if (text.equals(CNN)) {
      return cnn(name, input, List.of(16, 32), outputs, neuron);
    }
    if (text.startsWith(CNN + ":")) {
      String channels = text.substring(CNN.length() + 1);
      return cnn(name, input, sizes(name, channels), outputs, neuron);
    }
    if (text.startsWith(MLP + ":")) {
      List<Integer> sizes = sizes(name, text.substring(MLP.length() + 1));
      if (sizes.getFirst() != input.size() || sizes.getLast() != outputs) {
        throw new IllegalArgumentException(
            "network '%s' must begin with the %s values of an input and end with the %s classes"
                .formatted(name, input.size(), outputs));
      }
      return mlp(input, sizes, neuron);
    }
    throw new IllegalArgumentException(
        "unknown network '%s'%s; use %s"
            .formatted(name, Nearest.suggestion(text, FORMS), EXAMPLES));
  }

  /// Whether a name is that of a preset, with or without sizes.
  public static boolean known(String name) {
    return NAMES.contains(name.strip().toLowerCase(Locale.ROOT).split(":", 2)[0]);
  }

  /// The network of a name that says all by itself: `mlp` reads MNIST's 784 values, `cnn` its
  /// images, `vgg5` those of CIFAR-10.
  ///
  /// @throws IllegalArgumentException if the name is unknown
  public static Network network(String name, Neuron neuron) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith(MLP + ":")) {
      List<Integer> sizes = sizes(name, text.substring(MLP.length() + 1));
      return network(name, Shape.of(sizes.getFirst()), sizes.getLast(), neuron);
    }
    return switch (text) {
      case MLP -> network(name, Shape.of(784), 10, neuron);
      case MOBILENET -> network(name, Shape.of(3, 96, 96), 2, neuron);
      case DS_CNN -> network(name, Shape.of(1, 49, 10), 12, neuron);
      case AUTOENCODER -> network(name, Shape.of(640), 640, neuron);
      default ->
          network(
              name, text.startsWith(CNN) ? Shape.of(1, 28, 28) : Shape.of(3, 32, 32), 10, neuron);
    };
  }

  private static List<Integer> sizes(String name, String text) {
    List<String> sizes = List.of(text.split("-", -1));
    if (sizes.size() < 2 && !name.startsWith(CNN)) {
      throw new IllegalArgumentException(
          "network '%s' needs two or more sizes joined by '-', as in mlp:784-256-128-10"
              .formatted(name));
    }
    return sizes.stream().map(size -> size(name, size)).toList();
  }

  private static int size(String name, String text) {
    try {
      int size = Integer.parseInt(text);
      if (size >= 1) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException(
        "sizes of network '%s' must be whole numbers of at least 1, as in mlp:784-256-128-10, got '%s'"
            .formatted(name, text));
  }

  private static Network mlp(Shape input, List<Integer> sizes, Neuron neuron) {
    List<Layer> layers = new ArrayList<>();
    if (input.rank() > 1) {
      layers.add(new Flatten());
    }
    for (int i = 1; i < sizes.size(); i++) {
      layers.add(Dense.of(sizes.get(i - 1), sizes.get(i)));
      if (i < sizes.size() - 1) {
        layers.add(new Neurons(neuron));
      }
    }
    return new Network(input, layers);
  }

  /// Convolutions of 3x3 pixels, each with a batch norm and a max pool of 2x2 before its neurons,
  /// so that a pool is one draw.
  private static Network cnn(
      String name, Shape input, List<Integer> features, int outputs, Neuron neuron) {
    if (input.rank() != 3
        || Math.min(input.dimension(1), input.dimension(2)) >> features.size() < 1) {
      throw new IllegalArgumentException(
          "network '%s' halves height and width %s times, which %s does not allow; name fewer channels"
              .formatted(name, features.size(), input));
    }
    List<Layer> layers = new ArrayList<>();
    int channels = input.dimension(0);
    for (int count : features) {
      layers.add(Convolution.of(channels, count, 3, 1, 1));
      layers.add(BatchNorm.of(count));
      layers.add(new MaxPool(2));
      layers.add(new Neurons(neuron));
      channels = count;
    }
    layers.add(new Flatten());
    layers.add(Dense.of(new Network(input, layers).output().size(), outputs));
    return new Network(input, layers);
  }

  private static Network vgg5(Shape input, int outputs, Neuron neuron, boolean poolFirst) {
    if (input.rank() != 3 || input.dimension(1) < 8 || input.dimension(2) < 8) {
      throw new IllegalArgumentException("vgg5 reads images of at least 8x8 pixels, got " + input);
    }
    List<Layer> layers = new ArrayList<>();
    int channels = input.dimension(0);
    for (int features : new int[] {32, 64, 128}) {
      layers.add(Convolution.of(channels, features, 3, 1, 1));
      layers.add(BatchNorm.of(features));
      Layer neurons = new Neurons(neuron);
      Layer pool = new MaxPool(2);
      layers.addAll(poolFirst ? List.of(pool, neurons) : List.of(neurons, pool));
      channels = features;
    }
    layers.add(new Flatten());
    int features = new Network(input, layers).output().size();
    layers.add(Dense.of(features, 1024));
    layers.add(new Neurons(neuron));
    layers.add(Dense.of(1024, outputs));
    return new Network(input, layers);
  }
}
