package org.pdnn.network;

import org.pdnn.names.Choice;

/// Residual networks for small images (K. He et al., "Deep residual learning for image
/// recognition", CVPR 2016, section 4.2): three stages of 16, 32 and 64 channels, each but the
/// first halving the image, and the mean over the image. Layers have PyTorch's names. What passes a
/// block by is added at its end, through a convolution of one pixel where shapes change.
final class ResNet {
  /// Where the neurons of a block stand.
  enum Form {
    /// The last ones follow the sum, so that blocks hand on neurons' outputs: of p-bits, bits.
    AFTER_SUM,
    /// The last ones come before the sum, those of the passing convolution too: of p-bits, blocks
    /// add bits and hand on small integers.
    BITS_ADDED,
    /// Each convolution follows its neurons, the passing one too; blocks hand on real numbers (K.
    /// He et al., "Identity mappings in deep residual networks", ECCV 2016).
    PRE_ACTIVATION;

    /// As it follows a preset's name: `:bits-added`; nothing for the first.
    String suffix() {
      return this == AFTER_SUM ? "" : ":" + Choice.name(this);
    }
  }

  private static final int STAGES = 3;

  private final NetworkBuilder network;
  private final Form form;
  private final Neuron neuron;

  /// The last layer so far, and its channels.
  private String last = NetworkBuilder.INPUT;

  private int channels;

  private ResNet(Shape input, Form form, Neuron neuron) {
    this.form = form;
    this.network = Network.of(input);
    this.neuron = neuron;
    this.channels = input.dimension(0);
  }

  /// @param blocks of each stage: 1 for ResNet-8, 3 for ResNet-20
  /// @param width channels of the first stage
  static Network of(int blocks, int width, Form form, Shape input, int outputs, Neuron neuron) {
    if (input.rank() != 3
        || input.dimension(1) != input.dimension(2)
        || input.dimension(1) % 4 != 0) {
      throw new IllegalArgumentException(
          "a ResNet reads square images whose side is a multiple of 4, got " + input);
    }
    ResNet made = new ResNet(input, form, neuron);
    made.convolution("conv1", width, 3, 1);
    if (form != Form.PRE_ACTIVATION) {
      made.fire("bn1", "act1");
    }
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < blocks; block++) {
        made.block(
            "layer%s.%s".formatted(stage + 1, block),
            width << stage,
            stage > 0 && block == 0 ? 2 : 1);
      }
    }
    if (form == Form.PRE_ACTIVATION) {
      made.fire("bn1", "act1");
    }
    made.network
        .add("pool", new AveragePool(input.dimension(1) / 4))
        .add("flatten", new Flatten())
        .add("fc", Dense.of(made.channels, outputs));
    return made.network.network();
  }

  private void block(String name, int outputs, int stride) {
    boolean changes = stride > 1 || channels != outputs;
    String passing = last;
    if (form == Form.PRE_ACTIVATION) {
      fire(name + ".bn1", name + ".act1");
      passing = changes ? last : passing;
    }
    int inputs = channels;
    String read = passing;
    convolution(name + ".conv1", outputs, 3, stride);
    if (form == Form.PRE_ACTIVATION) {
      fire(name + ".bn2", name + ".act2");
    } else {
      fire(name + ".bn1", name + ".act1");
    }
    convolution(name + ".conv2", outputs, 3, 1);
    switch (form) {
      case AFTER_SUM -> norm(name + ".bn2");
      case BITS_ADDED -> fire(name + ".bn2", name + ".act2");
      case PRE_ACTIVATION -> {}
    }
    if (changes) {
      passing = name + ".downsample";
      network.add(passing, Convolution.of(inputs, outputs, 1, stride, 0), read);
      if (form == Form.BITS_ADDED) {
        network.add(name + ".act3", new Neurons(neuron), passing);
        passing = name + ".act3";
      }
    }
    network.add(name + ".sum", new Add(), last, passing);
    last = name + ".sum";
    if (form == Form.AFTER_SUM) {
      neurons(name + ".act2");
    }
  }

  private void convolution(String name, int outputs, int kernel, int stride) {
    network.add(name, Convolution.of(channels, outputs, kernel, stride, kernel / 2), last);
    channels = outputs;
    last = name;
  }

  private void norm(String name) {
    network.add(name, BatchNorm.of(channels), last);
    last = name;
  }

  private void neurons(String name) {
    network.add(name, new Neurons(neuron), last);
    last = name;
  }

  /// Neurons after a batch norm.
  private void fire(String norm, String neurons) {
    norm(norm);
    neurons(neurons);
  }
}
