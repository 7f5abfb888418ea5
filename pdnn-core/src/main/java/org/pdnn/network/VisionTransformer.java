package org.pdnn.network;

import java.util.List;

/// A small vision transformer (A. Dosovitskiy et al., "An image is worth 16x16 words", ICLR 2021)
/// of patches side by side: blocks that normalise before they attend, positions that are learned,
/// and the mean over all tokens in place of a class token. Layers have PyTorch's names.
///
/// The neurons are those of the blocks' perceptrons, four times as many as a token has channels.
final class VisionTransformer {
  private static final int EXPANSION = 4;

  private final NetworkBuilder network;
  private final int width;
  private final int heads;

  /// What the next block reads.
  private String tokens = "positions";

  private VisionTransformer(Shape input, int width, int heads) {
    this.network = Network.of(input);
    this.width = width;
    this.heads = heads;
  }

  /// @param sizes pixels of a patch's side, channels of a token, blocks, heads
  static Network of(List<Integer> sizes, Shape input, int outputs, Neuron neuron) {
    int patch = sizes.getFirst();
    if (input.rank() != 3 || input.dimension(1) % patch != 0 || input.dimension(2) % patch != 0) {
      throw new IllegalArgumentException(
          "a vision transformer of patches of %s pixels cannot read %s; choose patches whose side divides the image's"
              .formatted(patch, input));
    }
    VisionTransformer made = new VisionTransformer(input, sizes.get(1), sizes.get(3));
    int positions = input.dimension(1) / patch * (input.dimension(2) / patch);
    made.network
        .add("patches", Convolution.of(input.dimension(0), made.width, patch, patch, 0))
        .add("positions", PositionalEmbedding.of(positions, made.width));
    for (int block = 0; block < sizes.get(2); block++) {
      made.block("blocks.%s.".formatted(block), neuron);
    }
    made.network
        .add("norm", LayerNorm.of(made.width))
        .add("pool", new GlobalAveragePool())
        .add("flatten", new Flatten())
        .add("head", Dense.of(made.width, outputs));
    return made.network.network();
  }

  private void block(String name, Neuron neuron) {
    String norm = name + "norm1";
    network.add(norm, LayerNorm.of(width));
    for (String projection : List.of("query", "key", "value")) {
      network.add(name + projection, perToken(width, width), norm);
    }
    network
        .add(
            name + "attention",
            new Attention(heads, false),
            name + "query",
            name + "key",
            name + "value")
        .add(name + "projection", perToken(width, width))
        .add(name + "attended", new Add(), tokens, name + "projection")
        .add(name + "norm2", LayerNorm.of(width))
        .add(name + "fc1", perToken(width, EXPANSION * width))
        .add(name + "act", new Neurons(neuron))
        .add(name + "fc2", perToken(EXPANSION * width, width));
    tokens = name + "sum";
    network.add(tokens, new Add(), name + "attended", name + "fc2");
  }

  private static Convolution perToken(int inputs, int outputs) {
    return Convolution.of(inputs, outputs, 1, 1, 0);
  }
}
