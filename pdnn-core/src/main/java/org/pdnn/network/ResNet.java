package org.pdnn.network;

/// Residual networks for small images (K. He et al., "Deep residual learning for image
/// recognition", CVPR 2016, section 4.2): three stages of 16, 32 and 64 channels, each but the
/// first halving the image, and the mean over the image. Layers have PyTorch's names.
///
/// A block's last neurons follow its sum, so what blocks hand on are neurons' outputs: of p-bits,
/// bits. What passes a block by is added to the pre-activations of its last neurons, through a
/// convolution of one pixel where shapes change.
final class ResNet {
  private static final int STAGES = 3;

  private final NetworkBuilder network;
  private final Neuron neuron;

  /// The last layer so far, and its channels.
  private String last = NetworkBuilder.INPUT;

  private int channels;

  private ResNet(Shape input, Neuron neuron) {
    this.network = Network.of(input);
    this.neuron = neuron;
    this.channels = input.dimension(0);
  }

  /// @param blocks of each stage: 1 for ResNet-8, 3 for ResNet-20
  /// @param width channels of the first stage
  static Network of(int blocks, int width, Shape input, int outputs, Neuron neuron) {
    if (input.rank() != 3
        || input.dimension(1) != input.dimension(2)
        || input.dimension(1) % 4 != 0) {
      throw new IllegalArgumentException(
          "a ResNet reads square images whose side is a multiple of 4, got " + input);
    }
    ResNet made = new ResNet(input, neuron);
    made.convolution("conv1", "bn1", width, 3, 1);
    made.fire("act1");
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < blocks; block++) {
        made.block(
            "layer%s.%s".formatted(stage + 1, block),
            width << stage,
            stage > 0 && block == 0 ? 2 : 1);
      }
    }
    made.network
        .add("pool", new AveragePool(input.dimension(1) / 4))
        .add("flatten", new Flatten())
        .add("fc", Dense.of(made.channels, outputs));
    return made.network.network();
  }

  private void block(String name, int outputs, int stride) {
    String before = last;
    int inputs = channels;
    convolution(name + ".conv1", name + ".bn1", outputs, 3, stride);
    fire(name + ".act1");
    convolution(name + ".conv2", name + ".bn2", outputs, 3, 1);
    String passing = before;
    if (stride > 1 || inputs != outputs) {
      passing = name + ".downsample";
      network.add(passing, Convolution.of(inputs, outputs, 1, stride, 0), before);
    }
    network.add(name + ".sum", new Add(), last, passing);
    last = name + ".sum";
    fire(name + ".act2");
  }

  private void convolution(String name, String norm, int outputs, int kernel, int stride) {
    network
        .add(name, Convolution.of(channels, outputs, kernel, stride, kernel / 2), last)
        .add(norm, BatchNorm.of(outputs));
    channels = outputs;
    last = norm;
  }

  private void fire(String name) {
    network.add(name, new Neurons(neuron), last);
    last = name;
  }
}
