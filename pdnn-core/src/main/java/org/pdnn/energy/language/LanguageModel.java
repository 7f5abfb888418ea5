package org.pdnn.energy.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import org.pdnn.files.JsonFile;

/// The sizes of a decoder-only transformer: Llama, Mistral, Qwen2, Qwen3, GPT-2.
///
/// @param family `model_type` of its configuration
/// @param width values of a token between blocks
/// @param blocks transformer blocks
/// @param attention the heads of a block
/// @param feedForward the MLP of a block
/// @param vocabulary tokens there are
/// @param positions the longest context, if the model has one
/// @param learnedPositions whether positions are weights, as in GPT-2, instead of rotations
/// @param norm what normalises a token
/// @param tied whether the output layer is the embedding
/// @param bits of the published weights
public record LanguageModel(
    String family,
    int width,
    int blocks,
    Attention attention,
    FeedForward feedForward,
    int vocabulary,
    OptionalInt positions,
    boolean learnedPositions,
    NeuronType norm,
    boolean tied,
    int bits) {

  /// The heads of a block; groups of them share keys and values.
  ///
  /// @param heads of queries
  /// @param keyValueHeads of keys and of values
  /// @param size of a head
  /// @param biased whether queries, keys and values have biases
  /// @param outputBiased whether what comes out of the heads has biases
  /// @param normalised whether each head's queries and keys are normalised, as in Qwen3
  /// @param window how many tokens back a head looks in blocks with a sliding window
  /// @param windowedBlocks how many blocks have one
  public record Attention(
      int heads,
      int keyValueHeads,
      int size,
      boolean biased,
      boolean outputBiased,
      boolean normalised,
      int window,
      int windowedBlocks) {

    /// Values of a token's queries.
    public long queries() {
      return (long) heads * size;
    }

    /// Values of a token's keys and values together.
    public long keysAndValues() {
      return 2L * keyValueHeads * size;
    }

    /// Matrices and biases of one block.
    long parameters(long width) {
      long inner = queries() + keysAndValues();
      return width * (inner + queries())
          + (biased ? inner : 0)
          + (outputBiased ? width : 0)
          + (normalised ? 2L * size : 0);
    }
  }

  /// The MLP of a block.
  ///
  /// @param hidden hidden neurons
  /// @param activation their function
  /// @param gated whether a second matrix makes factors for the hidden values, as in SwiGLU
  /// @param biased whether its layers have biases
  public record FeedForward(int hidden, NeuronType activation, boolean gated, boolean biased) {
    /// Matrices from the token to the hidden layer.
    int inputs() {
      return gated ? 2 : 1;
    }

    /// Matrices and biases of one block.
    long parameters(long width) {
      return (inputs() + 1L) * width * hidden + (biased ? (long) inputs() * hidden + width : 0);
    }
  }

  /// Reads a `config.json` as Hugging Face publishes it.
  ///
  /// @throws IOException in one sentence with the file, the field and the rule it breaks
  public static LanguageModel read(Path file) throws IOException {
    return JsonFile.read(file, "config.json", ConfigFile::model);
  }

  /// Weights of one block that are read for every token.
  long blockParameters() {
    return attention.parameters(width) + feedForward.parameters(width) + 2 * normParameters();
  }

  /// A layer norm scales and shifts, an RMS norm scales.
  long normParameters() {
    return norm == NeuronType.LAYER_NORM ? 2L * width : width;
  }

  /// Weights of the layer of outputs, which a tied model shares with its embedding.
  long head() {
    return (long) vocabulary * width;
  }

  /// Trained parameters.
  public long parameters() {
    long embedding = head() + (learnedPositions ? (long) positions.orElse(0) * width : 0);
    return embedding + blocks * blockParameters() + normParameters() + (tied ? 0 : head());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s of %,d parameters", family, parameters());
  }
}
