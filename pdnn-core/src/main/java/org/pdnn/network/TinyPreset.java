package org.pdnn.network;

/// Networks of MLPerf Tiny beside ResNet-8 (C. Banbury et al., "MLPerf Tiny benchmark", NeurIPS
/// 2021). Padding is that of TensorFlow's `same`.
final class TinyPreset {
  /// Channels after each pair of a depthwise convolution and one of single pixels; those with a
  /// stride of 2 are negative.
  private static final int[] MOBILENET = {
    16, -32, 32, -64, 64, -128, 128, 128, 128, 128, 128, -256, 256
  };

  private static final int[] DS_CNN = {64, 64, 64, 64};

  private static final int[] AUTOENCODER = {128, 128, 128, 128, 8, 128, 128, 128, 128};

  private final NetworkBuilder network;
  private final Neuron neuron;
  private Shape shape;

  private TinyPreset(Shape input, Neuron neuron) {
    this.network = Network.of(input);
    this.neuron = neuron;
    this.shape = input;
  }

  /// MobileNetV1 of a quarter of the width (A. Howard et al., "MobileNets", 2017): visual wake
  /// words from 96x96 pixels.
  static Network mobilenet(Shape input, int outputs, Neuron neuron) {
    return separable(input, 8, Window.square(3, 2, 0), MOBILENET, outputs, neuron);
  }

  /// DS-CNN (Y. Zhang et al., "Hello edge", 2017): keywords from 49x10 spectral values.
  static Network keywords(Shape input, int outputs, Neuron neuron) {
    return separable(input, 64, Window.of(10, 4).stride(2, 2), DS_CNN, outputs, neuron);
  }

  /// The auto-encoder of anomalies in sounds of machines, from 640 spectral values.
  static Network autoencoder(Shape input, int outputs, Neuron neuron) {
    if (input.rank() != 1 || input.size() != outputs) {
      throw new IllegalArgumentException(
          "an auto-encoder has as many outputs as values of its input, got %s for %s"
              .formatted(outputs, input));
    }
    TinyPreset made = new TinyPreset(input, neuron);
    for (int i = 0; i < AUTOENCODER.length; i++) {
      made.network.add("fc%s".formatted(i + 1), Dense.of(made.shape.size(), AUTOENCODER[i]));
      made.shape = Shape.of(AUTOENCODER[i]);
      made.fire("bn%s".formatted(i + 1));
    }
    made.network.add("out", Dense.of(made.shape.size(), outputs));
    return made.network.network();
  }

  private static Network separable(
      Shape input, int first, Window window, int[] pairs, int outputs, Neuron neuron) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException("the network reads images, got " + input);
    }
    TinyPreset made = new TinyPreset(input, neuron);
    made.convolution("conv1", "bn1", first, window, 1);
    for (int i = 0; i < pairs.length; i++) {
      String name = "layer%s.".formatted(i + 1);
      int stride = pairs[i] < 0 ? 2 : 1;
      int channels = made.shape.dimension(0);
      made.convolution(
          name + "depthwise", name + "bn1", channels, Window.square(3, stride, 0), channels);
      made.convolution(
          name + "pointwise", name + "bn2", Math.abs(pairs[i]), Window.square(1, 1, 0), 1);
    }
    made.network
        .add("pool", new GlobalAveragePool())
        .add("flatten", new Flatten())
        .add("fc", Dense.of(made.shape.dimension(0), outputs));
    return made.network.network();
  }

  private void convolution(String name, String norm, int outputs, Window window, int groups) {
    Window same = same(window);
    Convolution layer = Convolution.of(shape.dimension(0), outputs, same, groups);
    network.add(name, layer);
    shape = layer.output(shape);
    fire(norm);
  }

  private void fire(String norm) {
    network.add(norm, BatchNorm.of(shape.dimension(0))).add(new Neurons(neuron));
  }

  /// As many outputs as strides fit into the image; of an odd padding the larger part comes last.
  private Window same(Window window) {
    int height = padding(window.rows(), shape.dimension(1));
    int width = padding(window.columns(), shape.dimension(2));
    return window.padding(height / 2, width / 2, height - height / 2, width - width / 2);
  }

  private static int padding(Window.Axis axis, int extent) {
    int outputs = Math.ceilDiv(extent, axis.stride());
    return Math.max(0, (outputs - 1) * axis.stride() + axis.kernel() - extent);
  }
}
